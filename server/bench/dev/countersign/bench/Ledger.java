package dev.countersign.bench;

import dev.countersign.store.AuditTable;
import dev.countersign.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What stands on the server's disk: answers are right only when they are written down. */
final class Ledger implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Database database;

    /** @param events of audit, all together; {@code executed} of them frozen calls that have ended well */
    record Written(long events, long executed) {}

    Ledger(Path data) {
        this.database = Database.open(data.resolve("countersign.db"));
    }

    Written written() {
        return new Written(events(), executed());
    }

    private long events() {
        return database.read(c -> new AuditTable().head(c))
                .map(AuditTable.Head::sequence)
                .orElse(0L);
    }

    private long executed() {
        return database.read(c -> {
            try (var statement = c.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM approval WHERE state = 'EXECUTED'")) {
                return rows.getLong(1);
            }
        });
    }

    /** Fails when answered calls that act are not there at once. */
    void checkExecuted(Written before, long calls) {
        long executed = executed() - before.executed();
        if (executed < calls) {
            throw new IllegalStateException(calls + " calls were answered and " + executed + " are in the ledger");
        }
    }

    /** How long it takes until the audit log has all answered calls, in milliseconds. Fails when it does not come to that. */
    double awaitAudited(Written before, long calls) throws InterruptedException {
        long start = System.nanoTime();
        while (events() - before.events() < calls) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        calls + " calls were answered and " + (events() - before.events()) + " are in the audit log");
            }
            TimeUnit.MILLISECONDS.sleep(1); // it is written by another process
        }
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public void close() {
        database.close();
    }
}
