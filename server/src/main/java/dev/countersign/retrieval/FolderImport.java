package dev.countersign.retrieval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Brings the text files under a folder into the index, and takes out what is no longer there. */
public final class FolderImport {
    private static final Set<String> ENDINGS = Set.of("md", "txt");

    /** A longer text is no document that one reads. */
    private static final long MAX_BYTES = 2 * 1024 * 1024;

    private final Documents documents;

    public FolderImport(Documents documents) {
        this.documents = documents;
    }

    /** How many documents came in, how many went, and which files were left out. */
    public record Report(int taken, int removed, List<Path> leftOut) {}

    /**
     * Makes the index hold what the folder holds.
     *
     * @param name the folder's name in relationships, e.g. {@code handbook}
     */
    public Report run(Path folder, String name) throws IOException {
        var seen = new HashSet<String>();
        var leftOut = new java.util.ArrayList<Path>();
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (var file : files) {
            if (ENDINGS.contains(ending(file)) && Files.size(file) <= MAX_BYTES) {
                seen.add(take(folder, file, name));
            } else {
                leftOut.add(folder.relativize(file));
            }
        }
        int removed = 0;
        for (var id : documents.idsIn(name)) {
            if (!seen.contains(id) && documents.remove(id)) {
                removed++;
            }
        }
        return new Report(seen.size(), removed, List.copyOf(leftOut));
    }

    private String take(Path folder, Path file, String name) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var relative = folder.relativize(file).toString().replace('\\', '/');
        var id = name + "/" + relative.replaceAll("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._/@-]", "-");
        documents.put(id, name, title(text, relative), text, Optional.empty());
        return id;
    }

    /** The first heading of a text, or the other title. */
    public static String title(String text, String otherwise) {
        return text.lines()
                .filter(line -> line.startsWith("# "))
                .findFirst()
                .map(line -> line.substring(2).strip())
                .orElse(otherwise);
    }

    private static String ending(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
