package dev.countersign.retrieval;

import dev.countersign.connector.Foreign;
import java.util.Optional;

/** How results are named to models, and whose words they are. */
final class Words {
    private Words() {}

    static String folder(String folder) {
        return "shared folder " + folder;
    }

    static String title(String title) {
        return title.isBlank() ? "Untitled" : title;
    }

    static Optional<String> author(String author) {
        return Optional.of(author).filter(text -> !text.isBlank());
    }

    /** A document has no author that one could ask: its folder stands for whoever may write there. */
    static Foreign foreign(Optional<String> author, String source, String title, String text) {
        return new Foreign(author.orElse(source), "“" + title + "” in " + source, title + "\n" + text);
    }
}
