package dev.countersign.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The demo's own data folder. Only one that a demo has made is ever emptied: it holds a file that says so. */
final class DemoFolder {
    static final String MARK = "this-is-a-demo";

    private static final String WORDS =
            "The demo of Countersign empties this folder each time it starts. Keep nothing here.\n";

    private DemoFolder() {}

    /** Makes the folder, or empties it. Fails with {@link StartException}. */
    static void empty(Path folder) {
        try {
            if (Files.exists(folder)) {
                check(folder);
                delete(folder);
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(MARK), WORDS);
        } catch (IOException e) {
            throw new StartException(
                    "The demo's data folder " + folder + " cannot be emptied ("
                            + e.getClass().getSimpleName()
                            + "). Check that it belongs to you and that the disk has room.",
                    e);
        }
    }

    private static void check(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new StartException(folder + " is no folder. Move it away, or name another folder with --data.");
        }
        if (DataFolderState.inUse(folder)) {
            throw new StartException("Another demo runs on " + folder
                    + ". End it first, or give this one --port and a folder of its own with --data.");
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent() && !Files.exists(folder.resolve(MARK))) {
                throw new StartException("The demo empties its data folder, and " + folder
                        + " was not made by a demo. Move it away, or name another folder with --data.");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (var walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder())
                    .filter(path -> !path.equals(folder) && !path.equals(folder.resolve(MARK)))
                    .toList();
        }
        for (var path : all) {
            Files.delete(path);
        }
    }
}
