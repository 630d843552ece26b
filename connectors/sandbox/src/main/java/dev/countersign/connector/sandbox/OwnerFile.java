package dev.countersign.connector.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Files that only their owner may read. */
final class OwnerFile {
    private OwnerFile() {}

    /** What the file holds; an absent or empty one is made. */
    static String readOrMake(Path file, Supplier<String> value) throws IOException {
        make(file);
        var kept = Files.readString(file).strip();
        if (!kept.isEmpty()) {
            return kept;
        }
        var made = value.get();
        Files.writeString(file, made + "\n");
        return made;
    }

    /** Makes the file when it is absent, readable by its owner alone from the first moment. */
    static void make(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }
}
