package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.ToolException;
import java.util.Optional;

/** A part of a long text, and where the next one starts. */
record TextPart(String text, Optional<Integer> nextOffset) {
    /** At most {@code most} characters from {@code offset}; never half of one. */
    static TextPart of(String whole, int offset, int most) {
        if (offset > whole.length()) {
            throw new ToolException("'offset' is behind the end. Leave it out to start at the beginning.");
        }
        var part = Shown.cut(whole.substring(offset), most);
        var end = offset + part.length();
        return new TextPart(part, end < whole.length() ? Optional.of(end) : Optional.empty());
    }
}
