package dev.countersign.risk;

import java.time.Instant;

/**
 * Where an address or host was read before.
 *
 * @param author who wrote the text
 * @param source where it was read, e.g. {@code mail “Invoice” of 3 March}
 */
public record Provenance(String author, String source, Instant readAt) {
    private static final int MOST_AUTHOR = 200;
    private static final int MOST_SOURCE = 200;

    public Provenance {
        author = cut(author, MOST_AUTHOR);
        source = cut(source, MOST_SOURCE);
    }

    boolean sameText(Provenance other) {
        return author.equals(other.author) && source.equals(other.source);
    }

    private static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most - (Character.isHighSurrogate(text.charAt(most - 1)) ? 1 : 0)) + "…";
    }
}
