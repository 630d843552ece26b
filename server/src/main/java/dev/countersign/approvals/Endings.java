package dev.countersign.approvals;

import dev.countersign.approvals.Approval.State;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Brings the end of a call to those who wait for it: from memory when it was asked and runs here, else from its row. */
final class Endings {
    /** Other nodes cannot wake this one: a row is read again at least this often while somebody waits for it. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    private final Database database;
    private final Snapshots snapshots;
    private final Wakes wakes;
    private final ApprovalTable table = new ApprovalTable();
    private final Map<String, CompletableFuture<Approval>> here = new ConcurrentHashMap<>();

    Endings(Database database, Snapshots snapshots, Wakes wakes) {
        this.database = database;
        this.snapshots = snapshots;
        this.wakes = wakes;
    }

    /** A call that runs on this node and will end so. */
    void here(String id, CompletableFuture<Approval> ending) {
        here.put(id, ending);
        var _ = ending.whenComplete((ended, broken) -> here.remove(id));
    }

    /** Waits until nothing more will happen to a call, at most so long, and gives it as it stands then. */
    Approval await(String id, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            var ended = endHere(id, atMost);
            return ended.isPresent() ? ended.get() : endOfRow(id, deadline);
        } catch (InterruptedException e) {
            var standing = snapshots.approval(row(id)); // an interrupted thread cannot read
            Thread.currentThread().interrupt();
            return standing;
        }
    }

    /** Nearly every call ends soon. One that does not may be taken up by another node, so its row is looked at then. */
    private Optional<Approval> endHere(String id, Duration atMost) throws InterruptedException {
        var ending = here.get(id);
        if (ending == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ending.get(sleep(atMost).toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            return Optional.empty();
        }
    }

    private Approval endOfRow(String id, long deadline) throws InterruptedException {
        try (var waiter = wakes.waiter(id)) {
            while (true) {
                var row = row(id);
                var left = Duration.ofNanos(deadline - System.nanoTime());
                if (State.valueOf(row.state()).ended() || !left.isPositive()) {
                    return snapshots.approval(row);
                }
                waiter.await(sleep(left));
            }
        }
    }

    private static Duration sleep(Duration left) {
        return left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP;
    }

    private ApprovalTable.Row row(String id) {
        return database.read(c -> table.find(c, id)).orElseThrow(Approvals::notFound);
    }
}
