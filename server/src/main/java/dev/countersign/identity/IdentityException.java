package dev.countersign.identity;

import java.util.List;
import java.util.stream.Collectors;

/** What a person entered cannot be used. The message says what to do, in words for that person. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** What a person enters. */
    public enum Entry {
        EMAIL,
        NAME,
        PASSWORD
    }

    /** What is wrong with an entry, and what to do. */
    public record Problem(Entry entry, String sentence) {}

    /** Of no entry in particular. */
    public IdentityException(String message) {
        super(message);
        this.problems = List.of();
    }

    IdentityException(List<Problem> problems) {
        super(problems.stream().map(Problem::sentence).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** Each entry that has to be another; none when it is not about what was entered. */
    public List<Problem> problems() {
        return problems;
    }
}
