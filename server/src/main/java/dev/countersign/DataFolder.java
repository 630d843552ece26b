package dev.countersign;

import dev.countersign.cli.StartException;
import dev.countersign.vault.RandomToken;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of keys, database and sandbox, held by one server at a time. */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /** Makes the folder where there is none, for its owner only. Fails with {@link StartException}. */
    static DataFolder open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                make(folder);
            }
            var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new StartException("Another Countersign runs on the data folder " + folder
                        + ". End it first, or give this one a folder of its own with COUNTERSIGN_DATA.");
            }
            return new DataFolder(folder, channel, lock);
        } catch (IOException e) {
            throw new StartException(
                    "The data folder " + folder + " cannot be used ("
                            + e.getClass().getSimpleName()
                            + "). Check that it belongs to the user that runs Countersign and that the disk has room.",
                    e);
        }
    }

    private static void make(Path folder) throws IOException {
        var posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held within this process
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Names this node among those on the same database; stays the same over restarts. */
    String node() {
        var file = file("node");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, RandomToken.id());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartException("The file " + file + " cannot be read or made.", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the data folder's lock could not be released", e);
        }
    }
}
