package dev.countersign.bench;

import java.util.Arrays;
import java.util.Set;

/** What is put under load. */
enum Subject {
    BARE("bare Jetty", Row.ECHO, Row.READ, Row.WRITE, Row.LEGACY, Row.PEERS, Row.OPEN_LOOP),
    ECHO("2026-07-28 echo tool, schemas checked, no security", Row.ECHO),
    READ("2026-07-28 read tool, everything on", Row.READ, Row.PEERS, Row.OPEN_LOOP, Row.BLOCKED),
    WRITE("2026-07-28 effectful tool, durable before it acts", Row.WRITE),
    LEGACY("2025-11-25 read tool, everything on", Row.LEGACY),
    BLOCKED("2026-07-28 read tool beside " + Holders.STREAMS + " blocked streams", Row.BLOCKED),
    SDK("Java SDK stateless, default, unsecured", Row.PEERS),
    TYPESCRIPT("TypeScript server 2.4.0, unsecured", Row.PEERS);

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

    /** Whether its answers stand in the product's audit log. */
    boolean audited() {
        return this == READ || this == WRITE || this == LEGACY || this == BLOCKED;
    }
}
