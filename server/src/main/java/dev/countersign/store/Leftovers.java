package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items that writes leave to be dealt with together, by what deals with them. One thread uses it. */
final class Leftovers {
    private final Map<Database.Together<?>, List<Object>> items = new LinkedHashMap<>();

    <T> void add(Database.Together<T> work, List<T> more) {
        items.computeIfAbsent(work, key -> new ArrayList<>()).addAll(more);
    }

    void moveTo(Leftovers other) {
        items.forEach((work, more) ->
                other.items.computeIfAbsent(work, key -> new ArrayList<>()).addAll(more));
        clear();
    }

    @SuppressWarnings("unchecked") // add() has put them together by their type
    void finish(Connection connection) throws SQLException {
        for (var each : items.entrySet()) {
            ((Database.Together<Object>) each.getKey()).on(connection, each.getValue());
        }
    }

    void clear() {
        items.clear();
    }
}
