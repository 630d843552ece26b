package dev.countersign.connector.github;

import dev.countersign.connector.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One page of a list that GitHub numbers from 1.
 *
 * @param next the cursor of the page after it
 */
record Pages<T>(List<T> items, Optional<String> next) {
    /** What a search finds at most. */
    private static final int MOST_FOUND = 1000;

    /** A list that tells no total: a page that is full may have one after it. */
    static <T> Pages<T> of(Call call, Optional<String> cursor, int limit, IntFunction<List<T>> read) {
        var page = page(call, cursor);
        var items = read.apply(page);
        return new Pages<>(items, next(call, page, items.size() == limit));
    }

    /** One page of a search. */
    record Found<T>(int total, List<T> items) {}

    static <T> Pages<T> search(Call call, Optional<String> cursor, int limit, IntFunction<Found<T>> read) {
        var page = page(call, cursor);
        var found = read.apply(page);
        var more = page * limit < Math.min(found.total(), MOST_FOUND) && (page + 1) * limit <= MOST_FOUND;
        return new Pages<>(found.items(), next(call, page, more));
    }

    private static int page(Call call, Optional<String> cursor) {
        return cursor.map(call::openCursor).map(Integer::parseInt).orElse(1);
    }

    private static Optional<String> next(Call call, int page, boolean more) {
        return more ? Optional.of(call.sealCursor(Integer.toString(page + 1))) : Optional.empty();
    }
}
