package dev.countersign.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The file of one server in a person's own folder, which all bridges of that person share. Others cannot read it from its first
 * moment on, and a reader sees it whole or not at all.
 */
final class TokenFile {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Path folder;
    private final URI resource;
    private final String name;

    TokenFile(Path folder, URI resource) {
        this.folder = folder;
        this.resource = resource;
        this.name = resource.getHost().replaceAll("[^A-Za-z0-9.-]", "_") + "-" + digest(resource);
    }

    /** What a lock guards. */
    enum Guard {
        /** The file: held for moments. */
        FILE,
        /** The person: held while one bridge has sent them to sign in. */
        PERSON
    }

    /** A lock that is held; the system lets it go should the process end. */
    interface Held extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    Optional<SavedSignIn> read() {
        try {
            return SavedSignIn.of(Files.readString(path(".json")), resource);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(SavedSignIn saved) throws IOException {
        makeFolder();
        var part = path("." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            try (var channel = FileChannel.open(part, options, ownersOnly("rw-------"))) {
                var bytes = ByteBuffer.wrap(saved.json().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, path(".json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path(".json"));
    }

    /** Waits for other processes. Empty when it is not free within this time. */
    Optional<Held> lock(Guard guard, Duration atMost) throws IOException, InterruptedException {
        makeFolder();
        var options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lockFile = path(guard == Guard.FILE ? ".lock" : ".sign-in.lock");
        var channel = FileChannel.open(lockFile, options, ownersOnly("rw-------"));
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!locked(channel)) {
                if (System.nanoTime() >= end) {
                    channel.close();
                    return Optional.empty();
                }
                Thread.sleep(LOOK_AGAIN); // Java waits for a file lock for ever or not at all
            }
            return Optional.of(channel::close);
        } catch (IOException | InterruptedException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held within this process
        }
    }

    private void makeFolder() throws IOException {
        Files.createDirectories(folder, ownersOnly("rwx------"));
    }

    private FileAttribute<?>[] ownersOnly(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private Path path(String ending) {
        return folder.resolve(name + ending);
    }

    private static String digest(URI resource) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256")
                    .digest(resource.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
