package dev.countersign.risk;

import dev.countersign.connector.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sentences that people read. Times are told from the call, not from when they are read. */
final class Words {
    private static final int MOST_NAMED = 3;

    private Words() {}

    /** Names at most three, and counts the rest. */
    static String listed(Collection<String> names) {
        var first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? first : first + " and " + (names.size() - MOST_NAMED) + " more";
    }

    /** @param matched the name that was read: the address, or a host that it belongs to */
    static String stands(String name, String matched, Provenance provenance, Instant now) {
        var kind = matched.indexOf('@') >= 0 ? "address " : "host ";
        var of = name.equals(matched) ? "" : " of " + name;
        return "The " + kind + matched + of + " stands in " + read(provenance, now) + ".";
    }

    static String mayStand(String name, Provenance provenance, Instant now) {
        return "More stands in " + read(provenance, now) + " than was looked at; " + name + " may be part of it.";
    }

    static String read(Provenance provenance, Instant now) {
        return provenance.source() + " from " + provenance.author() + ", which this app had read "
                + before(Duration.between(provenance.readAt(), now));
    }

    private static String before(Duration age) {
        long minutes = age.toMinutes();
        return minutes < 1
                ? "less than a minute before"
                : minutes == 1 ? "a minute before" : minutes + " minutes before";
    }

    static String rate(Effect effect, int calls, double mean) {
        return String.format(
                Locale.UK,
                "Your apps made %,d calls that %s in this hour; about %,.0f are usual for you.",
                calls,
                doing(effect),
                mean);
    }

    static String rateEnded(String clientName, Effect effect, int calls, double mean) {
        return String.format(
                Locale.UK,
                "%s made %,d calls that %s in this hour, where about %,.0f are usual for you. Its access was ended. If"
                        + " you wanted this, allow it again.",
                clientName,
                calls,
                doing(effect),
                mean);
    }

    private static String doing(Effect effect) {
        return switch (effect) {
            case READ -> "read";
            case WRITE -> "change something";
            case SEND -> "reach others";
            case DELETE -> "delete";
        };
    }
}
