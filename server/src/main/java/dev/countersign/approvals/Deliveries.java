package dev.countersign.approvals;

import dev.countersign.store.ApprovalTable;
import dev.countersign.store.Database;
import dev.countersign.store.Gathering;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which outcomes clients have. It counts at once and is on disk a little later, together with that of other calls; when that
 * is lost, an outcome answers the identical call for longer.
 */
final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MOST_WAITING = 8_192;

    private final Database database;
    private final Clock clock;
    private final ApprovalTable table = new ApprovalTable();
    private final Gathering<String> gathering =
            new Gathering<>("approval-deliveries", PAUSE, MOST_WAITING, this::write);

    /** Those that are not yet on disk. */
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();

    Deliveries(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    void add(String id) {
        if (waiting.putIfAbsent(id, clock.instant()) == null && !gathering.offer(id)) {
            write(List.of(id));
        }
    }

    /** When the client got it, as long as that is not on disk. */
    Optional<Instant> of(String id) {
        return Optional.ofNullable(waiting.get(id));
    }

    private void write(List<String> ids) {
        var now = clock.instant();
        try {
            database.write(c -> {
                table.delivered(c, ids, now);
                return ids.size();
            });
        } catch (RuntimeException e) {
            LOG.warn("{} approvals answer the identical call for longer", ids.size(), e);
        } finally {
            ids.forEach(waiting::remove);
        }
    }

    @Override
    public void close() {
        gathering.close();
    }
}
