package dev.countersign.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a form was not taken: said on top of its page, and once more beside each field that is to be mended. WCAG 2.2 success
 * criteria 3.3.1, 3.3.3 and 4.1.3.
 *
 * @param problems in the order in which the page has their fields
 */
public record Refusal(String title, List<Problem> problems) {
    static final Refusal NONE = new Refusal("", List.of());

    /**
     * One thing that is to be mended.
     *
     * @param field the id of its field; absent where it is about none, or about several together
     */
    public record Problem(Optional<String> field, String sentence) {
        static Problem at(String field, String sentence) {
            return new Problem(Optional.of(field), sentence);
        }
    }

    public Refusal {
        problems = List.copyOf(problems);
    }

    /** Of the form as a whole. */
    static Refusal whole(String title, String sentence) {
        return new Refusal(title, List.of(new Problem(Optional.empty(), sentence)));
    }

    static Refusal at(String field, String title, String sentence) {
        return new Refusal(title, List.of(Problem.at(field, sentence)));
    }

    /** Nothing was refused. */
    public boolean none() {
        return problems.isEmpty();
    }

    /** Whether no field can be mended: what is said on top takes the focus then. */
    public boolean isWhole() {
        return !none() && problems.stream().allMatch(problem -> problem.field().isEmpty());
    }

    /** Whether this field is to be mended. */
    public boolean names(String field) {
        return problems.stream().anyMatch(problem -> problem.field().equals(Optional.of(field)));
    }

    /** What is to be mended at this field; empty for nothing. */
    public String beside(String field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(Optional.of(field)))
                .map(Problem::sentence)
                .collect(Collectors.joining(" "));
    }

    /** Whether this field takes the focus: the first that is to be mended. */
    public boolean focuses(String field) {
        var first =
                problems.stream().flatMap(problem -> problem.field().stream()).findFirst();
        return first.equals(Optional.of(field));
    }
}
