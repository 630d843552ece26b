package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.workspace.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes busy times out of hours. */
final class FreeTime {
    private FreeTime() {}

    /**
     * What of the hours is free, in stretches of at least {@code length}.
     *
     * @param hours in order, without overlap; those that touch count as one
     * @param busy in any order, overlapping or not
     */
    static List<Window> slots(List<Window> hours, List<Window> busy, Duration length) {
        var taken = busy.stream().sorted(Comparator.comparing(Window::from)).toList();
        var free = new ArrayList<Window>();
        for (var stretch : joined(hours)) {
            var at = stretch.from();
            for (var one : taken) {
                if (!one.overlaps(stretch)) {
                    continue;
                }
                add(free, at, one.from(), length);
                at = at.isAfter(one.until()) ? at : one.until();
            }
            add(free, at, stretch.until(), length);
        }
        return free;
    }

    private static void add(List<Window> free, Instant from, Instant until, Duration length) {
        if (Duration.between(from, until).compareTo(length) >= 0) {
            free.add(new Window(from, until));
        }
    }

    private static List<Window> joined(List<Window> hours) {
        var joined = new ArrayList<Window>();
        for (var one : hours) {
            if (!joined.isEmpty() && joined.getLast().until().equals(one.from())) {
                joined.set(joined.size() - 1, new Window(joined.getLast().from(), one.until()));
            } else {
                joined.add(one);
            }
        }
        return joined;
    }
}
