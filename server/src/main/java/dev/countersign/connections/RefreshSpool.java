package dev.countersign.connections;

import dev.countersign.vault.RandomToken;
import dev.countersign.vault.SealedField;
import dev.countersign.vault.Secret;
import dev.countersign.vault.SyncedFolder;
import dev.countersign.vault.Vault;
import dev.countersign.vault.VaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Answers of token endpoints between their arrival and their commit: one sealed file each, on disk before the row is
 * touched, so that a refresh token that is good only once is not lost with the process or the database.
 */
final class RefreshSpool {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshSpool.class);
    private static final String ENDING = ".answer";

    private final Path folder;
    private final Vault vault;

    /**
     * One kept answer.
     *
     * @param version the version of the connection's tokens that it makes
     */
    record Kept(Path file, String userId, String connectionId, long version, TokenAnswer answer, Instant at) {}

    private record Content(
            String access, Optional<String> refresh, Optional<Long> seconds, Optional<String> scope, long at) {}

    /** @param folder made when it is absent */
    RefreshSpool(Path folder, Vault vault) {
        this.folder = folder;
        this.vault = vault;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for refreshed tokens cannot be made: " + folder, e);
        }
    }

    /** Names the node that the folder belongs to; the same after a restart. */
    String node() {
        var file = folder.resolve("node");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, RandomToken.id());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for refreshed tokens cannot be used: " + folder, e);
        }
    }

    /** Returns when it is on disk. */
    Path keep(String userId, String connectionId, long version, TokenAnswer answer, Instant at) throws IOException {
        var content = new Content(
                answer.access().reveal(Secret.Purpose.STORE),
                answer.refresh().map(token -> token.reveal(Secret.Purpose.STORE)),
                answer.lifetime().map(Duration::toSeconds),
                answer.scope(),
                at.toEpochMilli());
        var sealed = vault.seal(field(userId, connectionId, version), RecordJson.UPSTREAM.bytes(content));
        var name = String.join("~", userId, connectionId, Long.toString(version));
        var part = folder.resolve(name + ".part");
        try (var channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(sealed);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        var file = folder.resolve(name + ENDING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SyncedFolder.sync(folder);
        return file;
    }

    void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("a kept answer cannot be removed: file={}", file.getFileName(), e); // the next look finds it again
        }
    }

    /** What an earlier process or a database that was down left; what does not open is removed. */
    List<Kept> kept() {
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            var kept = new ArrayList<Kept>();
            for (var file : files) {
                read(file).ifPresentOrElse(kept::add, () -> remove(file));
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of kept answers cannot be read", e);
        }
    }

    private Optional<Kept> read(Path file) throws IOException {
        var name = file.getFileName().toString();
        var parts = name.substring(0, name.length() - ENDING.length()).split("~", -1);
        if (parts.length != 3 || !parts[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        var version = Long.parseLong(parts[2]);
        try {
            var plain = vault.open(field(parts[0], parts[1], version), Files.readAllBytes(file));
            var content = RecordJson.UPSTREAM.read(plain, Content.class);
            var answer = new TokenAnswer(
                    Secret.of(content.access()),
                    content.refresh().map(Secret::of),
                    content.seconds().map(Duration::ofSeconds),
                    content.scope());
            return Optional.of(new Kept(file, parts[0], parts[1], version, answer, Instant.ofEpochMilli(content.at())));
        } catch (VaultException | JacksonException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static SealedField field(String userId, String connectionId, long version) {
        return new SealedField(userId, "connection/" + connectionId, "refresh_answer", version);
    }
}
