package dev.countersign.approvals;

import dev.countersign.approvals.Approval.State;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** Brings the end of a call to those who wait for it: from memory when it was asked and runs here, else from its row. */
final class Endings {
    /** Other nodes cannot wake this one: a row is read again at least this often while somebody waits for it. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

    /** {@link #look} comes about once a second, and the second one counts. */
    private static final Duration LONGEST_WAIT_HERE = Duration.ofSeconds(2);

    private final Database database;
    private final Snapshots snapshots;
    private final Wakes wakes;
    private final ApprovalTable table = new ApprovalTable();
    private final Map<String, RunHere> here = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** A run on this node. Nobody sets a clock for it: that would cost more than to wait. */
    private static final class RunHere {
        /** Empty when one had better look at the row. */
        private final CompletableFuture<Optional<Approval>> heard;

        private volatile boolean slow;

        private RunHere(CompletableFuture<Approval> ending) {
            this.heard = ending.handle((ended, broken) -> Optional.ofNullable(ended));
        }
    }

    Endings(Database database, Snapshots snapshots, Wakes wakes) {
        this.database = database;
        this.snapshots = snapshots;
        this.wakes = wakes;
    }

    /** A call that runs on this node and will end so. */
    void here(String id, CompletableFuture<Approval> ending) {
        here.put(id, new RunHere(ending));
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

    /**
     * Is called about once a second: lets those look at the row who have waited here since the last time, or longer. A slow run
     * may be taken up by another node.
     */
    void look() {
        here.values().forEach(run -> {
            if (run.slow) {
                run.heard.complete(Optional.empty());
            }
            run.slow = true;
        });
    }

    /** Lets all look at the row: no {@link #look} follows. */
    void stop() {
        stopped = true;
        here.values().forEach(run -> run.heard.complete(Optional.empty()));
    }

    /** Nearly every call ends soon. */
    private Optional<Approval> endHere(String id, Duration atMost) throws InterruptedException {
        var run = here.get(id);
        if (run == null || stopped || atMost.compareTo(LONGEST_WAIT_HERE) < 0) {
            return Optional.empty();
        }
        try {
            return run.heard.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails it", e);
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
