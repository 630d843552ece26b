package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks of arguments that many tools share; each failure says what to send instead. */
final class Inputs {
    /** Subjects, titles and places; RFC 5322 section 2.1.1 has lines of at most 998. */
    private static final int MAX_LINE = 900;

    /** A text that a person can still be shown before it leaves. */
    private static final int MAX_TEXT = 100_000;

    private Inputs() {}

    static int limit(Optional<Integer> asked, int otherwise, int most) {
        var limit = asked.orElse(otherwise);
        if (limit < 1 || limit > most) {
            throw new ToolException("'limit' must be from 1 to " + most + ".");
        }
        return limit;
    }

    static int offset(Optional<Integer> asked) {
        var offset = asked.orElse(0);
        if (offset < 0) {
            throw new ToolException("'offset' must be 0 or more.");
        }
        return offset;
    }

    /** One line without control characters, so that nothing can start another header. */
    static String line(String field, String value) {
        if (value.codePoints().anyMatch(Inputs::breaksLine)) {
            throw new ToolException(
                    "'" + field + "' must be one line. Take line breaks and control characters out of it.");
        }
        if (value.length() > MAX_LINE) {
            throw new ToolException("'" + field + "' must have at most " + MAX_LINE + " characters.");
        }
        return value;
    }

    static String filledLine(String field, String value) {
        if (value.isBlank()) {
            throw new ToolException("'" + field + "' is empty. Say what it shall be.");
        }
        return line(field, value);
    }

    /** Text of many lines, with line ends as {@code \n}. */
    static String text(String field, String value) {
        if (value.length() > MAX_TEXT) {
            throw new ToolException("'" + field + "' must have at most " + MAX_TEXT + " characters.");
        }
        if (value.indexOf('\0') >= 0) {
            throw new ToolException("'" + field + "' holds a NUL character. Take it out.");
        }
        return value.replace("\r\n", "\n").replace('\r', '\n');
    }

    static String id(String field, String value, String source) {
        if (value.isBlank() || value.codePoints().anyMatch(Inputs::breaksLine)) {
            throw new ToolException("'" + field + "' is no id. Use one from " + source + ".");
        }
        return value;
    }

    static boolean breaksLine(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }

    static ToolException missing(String thing, String id, String source) {
        return new ToolException("No " + thing + " with id " + id + ". Call " + source + " and use an id from it.");
    }

    /** Acts; when the upstream does not know the id the model is told where ids come from. */
    static <T> T found(String thing, String id, String source, Supplier<T> act) {
        try {
            return act.get();
        } catch (UpstreamException e) {
            if (e.kind() == UpstreamException.Kind.NOT_FOUND) {
                var told = missing(thing, id, source);
                told.addSuppressed(e);
                throw told;
            }
            throw e;
        }
    }
}
