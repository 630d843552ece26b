package dev.countersign.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param rounds of each measurement; a result takes at least {@link #FEWEST_ROUNDS}
 * @param seconds that one round of load lasts
 */
record Options(int rounds, int seconds, Set<Row> rows) {
    /** Fewer give no median to go by. */
    static final int FEWEST_ROUNDS = 5;

    private static final int ROUND_SECONDS = 3;

    Options {
        if (rounds < 1 || seconds < 1) {
            throw new IllegalArgumentException("rounds and seconds are at least 1");
        }
        rows = Set.copyOf(rows);
    }

    static Options parse(List<String> arguments) {
        int rounds = FEWEST_ROUNDS;
        int seconds = ROUND_SECONDS;
        Set<Row> rows = EnumSet.allOf(Row.class);
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var option = rest.next();
            switch (option) {
                case "--rounds" -> rounds = Integer.parseInt(value(option, rest));
                case "--seconds" -> seconds = Integer.parseInt(value(option, rest));
                case "--only" -> rows = rows(value(option, rest));
                default -> throw new IllegalArgumentException("there is no option " + option + "; --help shows those");
            }
        }
        return new Options(rounds, seconds, rows);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static Set<Row> rows(String list) {
        return Arrays.stream(list.split(",")).map(Row::of).collect(Collectors.toSet());
    }

    boolean has(Row row) {
        return rows.contains(row);
    }
}
