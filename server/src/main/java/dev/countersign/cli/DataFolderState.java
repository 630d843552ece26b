package dev.countersign.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a server runs on a data folder: it holds a file there locked. */
final class DataFolderState {
    /** What the server that uses the folder holds locked. */
    static final String LOCK = "lock";

    private DataFolderState() {}

    static boolean inUse(Path folder) throws IOException {
        var lock = folder.resolve(LOCK);
        if (!Files.exists(lock)) {
            return false;
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                var held = channel.tryLock()) {
            return held == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this very process
        }
    }
}
