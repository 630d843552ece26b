package dev.countersign.vault;

import dev.countersign.store.Database;
import dev.countersign.store.UserKeyTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * The keys that wrap people's data keys, from a file that only its owner can read. One line a key: its id, a space, 32
 * bytes in base64url. The first is used for new values; the others only open old ones.
 */
public final class KeyRing {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String HEADER =
            "# Countersign's keys. Whoever has this file and the database can read every linked"
                    + " account.\n# Keep a copy apart from the database: without it nothing sealed opens again.\n";

    private final Path file;
    private final String currentId;
    private final Map<String, SecretKey> keys;

    private KeyRing(Path file, Map<String, SecretKey> keys) {
        this.file = file;
        this.currentId = keys.keySet().iterator().next();
        this.keys = Map.copyOf(keys);
    }

    /** Reads the file, or makes it with one new key. Fails with {@link KeyRingException}. */
    public static KeyRing open(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            refuseOpenToOthers(file);
            return new KeyRing(file, parse(file, Files.readString(file)));
        } catch (IOException e) {
            throw new KeyRingException("The key file " + file + " cannot be read or made ("
                    + e.getClass().getSimpleName()
                    + "). Check that the folder exists and belongs to the user that runs Countersign.");
        }
    }

    /** As {@link #open(Path)}, but never makes a new key for a database whose values an older key has sealed. */
    public static KeyRing open(Path file, Database database) {
        if (!Files.exists(file) && !kekIds(database).isEmpty()) {
            throw new KeyRingException(
                    "The key file " + file + " is missing, and the database holds accounts sealed with it."
                            + " Put the file back from its backup, or start with an empty data folder.");
        }
        var ring = open(file);
        ring.requireAll(database);
        return ring;
    }

    /** Fails when the database has values that no key here opens. */
    void requireAll(Database database) {
        for (var id : kekIds(database)) {
            if (!keys.containsKey(id)) {
                throw new KeyRingException("The key " + id + ", which sealed accounts in the database, is not in "
                        + file + ". Put back the key file that belongs to this database.");
            }
        }
    }

    /** Whether values that this key has sealed open. */
    public boolean has(String keyId) {
        return keys.containsKey(keyId);
    }

    String currentId() {
        return currentId;
    }

    SecretKey current() {
        return find(currentId).orElseThrow();
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    Collection<SecretKey> all() {
        return keys.values();
    }

    @Override
    public String toString() {
        return "KeyRing(" + currentId + ")";
    }

    private static void make(Path file) throws IOException {
        var line = "k" + RandomToken.id().substring(0, 10) + " "
                + Base64.getUrlEncoder().withoutPadding().encodeToString(Aead.randomKey()) + "\n";
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        var part = folder.resolve(file.getFileName() + "." + RandomToken.id() + ".part");
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(part, options, ownerOnly(folder))) {
            var bytes = ByteBuffer.wrap((HEADER + line).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            Files.move(part, file);
            SyncedFolder.sync(folder);
        } catch (FileAlreadyExistsException e) {
            Files.delete(part); // another process was first: its key is the one
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return SyncedFolder.hasPermissions(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void refuseOpenToOthers(Path file) throws IOException {
        if (!SyncedFolder.hasPermissions(file)) {
            return; // e.g. Windows: the folder's access list decides
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new KeyRingException(
                    "The key file " + file + " is open to other users of this machine. Run: chmod 600 " + file);
        }
    }

    private static Map<String, SecretKey> parse(Path file, String text) {
        var keys = new LinkedHashMap<String, SecretKey>();
        var lines = new ArrayList<>(text.lines().toList());
        lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
        for (var line : lines) {
            var parts = line.strip().split(" +", 2);
            if (parts.length != 2 || keys.put(parts[0], key(file, parts[1])) != null) {
                throw malformed(file);
            }
        }
        if (keys.isEmpty()) {
            throw malformed(file);
        }
        return keys;
    }

    private static SecretKey key(Path file, String base64) {
        try {
            var bytes = Base64.getUrlDecoder().decode(base64);
            if (bytes.length != Aead.KEY_BYTES) {
                throw malformed(file);
            }
            return Aead.key(bytes);
        } catch (IllegalArgumentException e) {
            throw malformed(file);
        }
    }

    private static KeyRingException malformed(Path file) {
        return new KeyRingException("The key file " + file + " is damaged: each line is an id, a space and 32 bytes in"
                + " base64url. Put it back from its backup.");
    }

    private static List<String> kekIds(Database database) {
        return database.read(new UserKeyTable()::kekIds);
    }
}
