package dev.countersign.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be measured by itself. */
enum Row {
    ECHO,
    READ,
    WRITE,
    LEGACY,
    PEERS,
    OPEN_LOOP,
    BLOCKED,
    STREAMS,
    ROTATION,
    START,
    MEMORY,
    LIST;

    /** As {@code --only} takes it. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Row of(String option) {
        return Arrays.stream(values())
                .filter(row -> row.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no row " + option + "; there are " + all()));
    }

    private static String all() {
        return Arrays.stream(values()).map(Row::option).collect(Collectors.joining(", "));
    }
}
