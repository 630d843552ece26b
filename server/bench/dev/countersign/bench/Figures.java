package dev.countersign.bench;

import dev.countersign.bench.Load.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What each subject's rounds came to; a figure is the median of its rounds. */
final class Figures {
    private final Map<Subject, List<Measured>> measured = new EnumMap<>(Subject.class);

    void add(Subject subject, Measured round) {
        measured.computeIfAbsent(subject, any -> new ArrayList<>()).add(round);
    }

    boolean has(Subject subject) {
        return measured.containsKey(subject);
    }

    double calls(Subject subject) {
        return of(subject, Measured::callsPerSecond);
    }

    double cpu(Subject subject) {
        return of(subject, Measured::cpuMicros);
    }

    double p99(Subject subject) {
        return of(subject, Measured::p99Millis);
    }

    double longest(Subject subject) {
        return Collections.max(all(subject, Measured::longestMillis));
    }

    /** Between the best round and the worst, of the median. */
    double swing(Subject subject) {
        var all = all(subject, Measured::callsPerSecond);
        return (Collections.max(all) - Collections.min(all)) / median(all);
    }

    private double of(Subject subject, ToDoubleFunction<Measured> figure) {
        return median(all(subject, figure));
    }

    private List<Double> all(Subject subject, ToDoubleFunction<Measured> figure) {
        return measured.get(subject).stream()
                .map(round -> figure.applyAsDouble(round))
                .toList();
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
