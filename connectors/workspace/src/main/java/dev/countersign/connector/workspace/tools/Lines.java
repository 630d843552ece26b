package dev.countersign.connector.workspace.tools;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The readable form of lists. */
final class Lines {
    private Lines() {}

    /** A count and one line for each item. */
    static <T> String list(String thing, List<T> items, Function<T, String> line) {
        var text = new StringBuilder();
        text.append(items.isEmpty() ? "No" : String.valueOf(items.size()))
                .append(' ')
                .append(thing)
                .append(items.size() == 1 ? "" : "s")
                .append(items.isEmpty() ? "." : ":")
                .append('\n');
        items.forEach(item -> text.append(line.apply(item)).append('\n'));
        return text.toString();
    }

    /** What follows a list: accounts that failed, and how to go on. */
    static String rest(List<Problem> problems, Optional<String> nextCursor) {
        var text = new StringBuilder();
        problems.forEach(problem -> text.append(problem(problem)));
        nextCursor.ifPresent(cursor -> text.append("There is more: call again with this nextCursor as 'cursor': ")
                .append(cursor)
                .append('\n'));
        return text.toString();
    }

    static String problem(Problem problem) {
        return "Account " + problem.account() + " gave no answer: " + problem.message() + "\n";
    }
}
