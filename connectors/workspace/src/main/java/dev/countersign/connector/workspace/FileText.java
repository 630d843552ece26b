package dev.countersign.connector.workspace;

import java.util.Optional;

/**
 * A file with what it says.
 *
 * @param text as plain text, whole; empty when it is no text, or too large
 * @param note a sentence on what is left out, or on why there is no text
 */
public record FileText(FileInfo file, Optional<String> text, Optional<String> note) {
    public FileText {
        if (text.isEmpty() && note.isEmpty()) {
            throw new IllegalArgumentException("a file without text says why");
        }
    }

    public static FileText of(FileInfo file, String text) {
        return new FileText(file, Optional.of(text), Optional.empty());
    }

    /** @param why a sentence that says what to do instead */
    public static FileText without(FileInfo file, String why) {
        return new FileText(file, Optional.empty(), Optional.of(why));
    }
}
