package dev.countersign.bench;

import java.util.Arrays;
import java.util.Set;

/** What is put under load. */
enum Subject {
    BARE("bare Jetty", Row.READ, Row.WRITE, Row.LEGACY, Row.PEERS),
    READ("2026-07-28 read tool on local data, everything on", Row.READ, Row.PEERS),
    WRITE("2026-07-28 effectful tool, durable before it acts", Row.WRITE),
    LEGACY("2025-11-25 read tool, everything on", Row.LEGACY),
    SDK("Java SDK stateless, default, nothing secured", Row.PEERS);

    private final String title;
    private final Set<Row> rows;

    Subject(String title, Row... rows) {
        this.title = title;
        this.rows = Set.of(rows);
    }

    String title() {
        return title;
    }

    /** Whether something that was asked for needs it. */
    boolean wanted(Options options) {
        return Arrays.stream(Row.values()).anyMatch(row -> rows.contains(row) && options.has(row));
    }
}
