package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * A part of a longer list.
 *
 * @param next what the service takes to give the part after this one: its upstream's own page state, whatever its form;
 *     empty on the last page. A page may be empty and still have a next one.
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    /** A list that is whole. */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, Optional.empty());
    }
}
