package dev.countersign.connector.standards;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What takes one to an event.
 *
 * @param name of the resource that holds it
 * @param instance which one of a series, as {@link Moment#key}
 */
record EventId(String name, Optional<String> instance) {
    private static final Pattern INSTANCE = Pattern.compile("(.+)~(\\d{8}(?:T\\d{6}Z)?)");

    static EventId parse(String text) {
        var found = INSTANCE.matcher(text);
        return found.matches()
                ? new EventId(found.group(1), Optional.of(found.group(2)))
                : new EventId(text, Optional.empty());
    }

    String text() {
        return name + instance.map(one -> "~" + one).orElse("");
    }
}
