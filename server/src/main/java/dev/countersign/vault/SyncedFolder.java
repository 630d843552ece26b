package dev.countersign.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** What differs between file systems when a file must be private and survive a power cut. */
public final class SyncedFolder {
    private SyncedFolder() {}

    /** Whether files here have an owner's, a group's and everybody's permissions. */
    static boolean hasPermissions(Path path) {
        try {
            return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes a new name in a folder durable, where the file system can. */
    public static void sync(Path folder) throws IOException {
        if (!hasPermissions(folder)) {
            return; // a folder cannot be opened as a file there
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
