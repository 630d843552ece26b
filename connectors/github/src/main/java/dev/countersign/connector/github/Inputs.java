package dev.countersign.connector.github;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Checks of arguments that many tools share; each failure says what to send instead. */
final class Inputs {
    /** GitHub's bound of a title, and of a body. */
    private static final int MAX_TITLE = 256;

    private static final int MAX_BODY = 65_536;

    /** Apps have names like {@code dependabot[bot]}. */
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\\[bot])?");

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

    static String title(String title) {
        var line = title.strip();
        if (line.isEmpty() || line.length() > MAX_TITLE || line.codePoints().anyMatch(Character::isISOControl)) {
            throw new ToolException("'title' must be one line of 1 to " + MAX_TITLE + " characters.");
        }
        return line;
    }

    /** Markdown, with line ends as {@code \n}; empty is allowed. */
    static String body(String text) {
        if (text.length() > MAX_BODY) {
            throw new ToolException("'body' must have at most " + MAX_BODY + " characters. Shorten it.");
        }
        if (text.indexOf('\0') >= 0) {
            throw new ToolException("'body' holds a NUL character. Take it out.");
        }
        return sameLines(text);
    }

    static String filledBody(String text) {
        if (text.isBlank()) {
            throw new ToolException("'body' is empty. Say what shall be written.");
        }
        return body(text);
    }

    /** Text as it compares with what GitHub keeps. */
    static String sameLines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    static List<String> logins(String field, List<String> logins) {
        return logins.stream().map(login -> login(field, login)).distinct().toList();
    }

    static String login(String field, String text) {
        var login = text.startsWith("@") ? text.substring(1) : text;
        if (!LOGIN.matcher(login).matches()) {
            throw new ToolException(
                    "'" + field + "' must be a GitHub login like octocat, not a name or a mail address.");
        }
        return login;
    }

    static List<String> labels(String field, List<String> labels) {
        if (labels.stream().anyMatch(String::isBlank)) {
            throw new ToolException("'" + field + "' holds an empty name. Leave it out.");
        }
        return labels.stream().distinct().toList();
    }

    /** Acts; when GitHub does not have the number the model is told where numbers come from. */
    static <T> T found(String thing, RepositoryName repository, long number, String source, Supplier<T> act) {
        try {
            return act.get();
        } catch (UpstreamException e) {
            if (e.kind() == UpstreamException.Kind.NOT_FOUND) {
                var told = new ToolException("No " + thing + " " + number + " in " + repository
                        + " that this account can see. " + e.getMessage() + " For its number call " + source + ".");
                told.addSuppressed(e);
                throw told;
            }
            throw e;
        }
    }
}
