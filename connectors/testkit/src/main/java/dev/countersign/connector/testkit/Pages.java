package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads page after page. */
final class Pages {
    private static final int MOST = 1_000;

    private Pages() {}

    static <T> List<T> all(int limit, Function<Optional<String>, Page<T>> read) {
        var items = new ArrayList<T>();
        var at = Optional.<String>empty();
        for (var i = 0; i < MOST; i++) {
            var page = read.apply(at);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            items.addAll(page.items());
            if (page.next().isEmpty()) {
                return items;
            }
            at = page.next();
        }
        throw new AssertionError("more than " + MOST + " pages");
    }
}
