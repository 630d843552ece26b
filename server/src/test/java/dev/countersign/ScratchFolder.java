package dev.countersign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new folder under the target, for what has no test around it that would give one. */
public final class ScratchFolder {
    private ScratchFolder() {}

    public static Path make() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "scratch")), "fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
