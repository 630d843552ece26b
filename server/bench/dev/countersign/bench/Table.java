package dev.countersign.bench;

import java.util.ArrayList;
import java.util.List;

/** The rows as they are printed: what, the figure, what it should come to, and a mark when it does not. */
final class Table {
    private static final String LINE = "%-76s %10s %10s %10s  %s%n";

    private record Line(String what, String figure, String bound, String aim, String mark) {}

    private final List<Line> lines = new ArrayList<>();

    /** @param format of the figure and its goal, e.g. {@code %.2f} */
    void add(String what, String format, double value, Goal goal) {
        lines.add(new Line(what, format.formatted(value), goal.bound(format), goal.aimed(format), goal.mark(value)));
    }

    /** The other's rows after its own. */
    void addAll(Table other) {
        lines.addAll(other.lines);
    }

    void print() {
        System.out.printf(LINE, "", "measured", "at least", "aim", "");
        lines.forEach(
                line -> System.out.printf(LINE, line.what(), line.figure(), line.bound(), line.aim(), line.mark()));
    }
}
