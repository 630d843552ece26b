package dev.countersign.connector.github;

import dev.countersign.connector.ToolException;
import java.util.Optional;

/** A part of a long text, and where the next one starts. */
record TextPart(String text, Optional<Integer> nextOffset) {
    /** At most {@code most} characters from {@code offset}; never half of one. */
    static TextPart of(String whole, int offset, int most) {
        if (offset > whole.length()) {
            throw new ToolException("'offset' is behind the end. Leave it out to start at the beginning.");
        }
        var part = cut(whole.substring(offset), most);
        var end = offset + part.length();
        return new TextPart(part, end < whole.length() ? Optional.of(end) : Optional.empty());
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
