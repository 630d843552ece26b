package dev.countersign.connector.github;

import dev.countersign.connector.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query in GitHub's search language: words, and qualifiers like {@code repo:octocat/hello-world}.
 *
 * @see <a href="https://docs.github.com/search-github">Searching on GitHub</a>
 */
final class Terms {
    /** GitHub's bound, qualifiers not counted. */
    private static final int MAX_WORDS = 256;

    private final List<String> terms = new ArrayList<>();

    static Terms of(Optional<String> words) {
        var terms = new Terms();
        words.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> {
            if (text.length() > MAX_WORDS) {
                throw new ToolException("'text' must have at most " + MAX_WORDS + " characters. Use fewer words.");
            }
            terms.terms.add(text);
        });
        return terms;
    }

    boolean isEmpty() {
        return terms.isEmpty();
    }

    Terms with(String qualifier, String value) {
        var clean = value.replace("\"", "").strip();
        if (!clean.isEmpty()) {
            terms.add(qualifier + ":" + (clean.matches("[A-Za-z0-9@/._-]+") ? clean : "\"" + clean + "\""));
        }
        return this;
    }

    Terms with(String qualifier, Optional<String> value) {
        value.ifPresent(present -> with(qualifier, present));
        return this;
    }

    Terms withEach(String qualifier, List<String> values) {
        values.forEach(value -> with(qualifier, value));
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", terms);
    }
}
