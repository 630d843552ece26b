package dev.countersign.approvals;

import dev.countersign.approvals.Approval.State;
import dev.countersign.approvals.Snapshots.Snapshot;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.ApprovalTable.Row;
import dev.countersign.store.ClaimTable;
import dev.countersign.store.ClaimTable.Claim;
import dev.countersign.store.Database;
import dev.countersign.telemetry.WithoutMessages;
import dev.countersign.vault.RandomToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs approved calls, each once, whether or not its client is still there. A run begins with a claim: a compare-and-set
 * that names this process and a lease, which goes on as long as the run does. What a dead process had claimed is taken up
 * again with the next attempt number, so that the {@link Runner} asks first whether it acted.
 */
public final class Executor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

    /** How long other nodes leave a claimed call alone after this one last renewed it. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** The node that took a decision runs the call; the others wait for so long before they do it instead. */
    private static final Duration LEFT_TO_THE_DECIDING_NODE = Duration.ofSeconds(3);

    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);
    private static final Duration CLEAN = Duration.ofHours(1);

    /** Approved calls that run at a time. */
    private static final int AT_A_TIME = 256;

    /** Of these, one person's: what a slow provider holds for minutes is not all of them. */
    static final int OF_ONE_PERSON = 32;

    private static final int ROWS_AT_A_TIME = 100;

    /** A call that was cut off so often is likely what brings the process down. */
    private static final int MOST_ATTEMPTS = 5;

    private final Approvals approvals;
    private final Runner runner;
    private final Predicate<String> liveGrant;
    private final String node;
    private final String process = RandomToken.id();
    private final Database database;
    private final Clock clock;
    private final ApprovalTable table = new ApprovalTable();
    private final ClaimTable claims = new ClaimTable();
    /** What runs here, with the number of the attempt. */
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /** What a thread here is about to claim, or runs. */
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    private final Places places = new Places(AT_A_TIME, OF_ONE_PERSON);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("approvals-watch").daemon().factory());

    /** Looks after those who wait, also while the database holds the other up. */
    private final ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("approvals-patience").daemon().factory());

    private volatile boolean stopped;

    /**
     * A row that this process holds.
     *
     * @param content where it is in hand already
     */
    private record Held(Row row, int attempt, boolean live, Optional<Snapshot> content) {}

    /**
     * @param liveGrant whether a grant still stands
     * @param node names this node among those on the same database, and stays the same over restarts
     */
    public Executor(Approvals approvals, Runner runner, Predicate<String> liveGrant, String node) {
        this.approvals = approvals;
        this.runner = runner;
        this.liveGrant = liveGrant;
        this.node = node;
        this.database = approvals.database();
        this.clock = approvals.clock();
    }

    /** Takes up at once what was approved or begun before, then runs what is approved from now on. */
    public void start() {
        database.write(c -> {
            claims.nodeStarted(c, node, process, clock.instant());
            return null;
        });
        approvals.listen(change -> {
            if (change.state() == State.APPROVED) {
                submit(change.approvalId(), change.userId());
            }
        });
        approvals.runBy(new RunsHere() {
            @Override
            public Optional<Claim> claim(String userId, String grantId) {
                return stopped || !liveGrant.test(grantId) || !places.free(userId)
                        ? Optional.empty()
                        : Optional.of(Executor.this.claim());
            }

            @Override
            public CompletableFuture<Approval> run(Row row, Snapshot content) {
                running.put(
                        row.id(), row.attempt()); // from now on its lease is renewed, however long it waits for a place
                var ending = new CompletableFuture<Approval>();
                hand(
                        row.id(),
                        row.userId(),
                        () -> {
                            boolean live = liveGrant.test(
                                    row.grantId()); // it may have ended while the call waited for its place
                            carryOut(new Held(row, row.attempt(), live, Optional.of(content)))
                                    .ifPresent(ending::complete);
                        },
                        () -> ending.cancel(false));
                return ending;
            }
        });
        takeUp(clock.instant());
        every(LOOK, this::look, watch);
        every(LEASE.dividedBy(3), this::renew, watch);
        every(CLEAN, approvals::eraseOld, watch);
        every(LOOK, approvals.endings()::look, patience);
    }

    /** Takes up no more calls and lets those that run finish. What takes longer stays claimed for the next start. */
    @Override
    public void close() {
        stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} approved calls still run; the next start finds out what became of them", inHand.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes up no more calls and waits for nothing: as if the process had died. */
    void stop() {
        stopped = true;
        watch.shutdownNow();
        patience.shutdownNow();
        approvals.endings().stop();
    }

    private static void every(Duration pause, Runnable task, ScheduledExecutorService by) {
        var millis = pause.toMillis();
        var _ = by.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.error("the watch over approvals failed; it is tried again", e);
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void look() {
        takeUp(clock.instant().minus(LEFT_TO_THE_DECIDING_NODE));
        approvals.expireOverdue();
    }

    private void takeUp(Instant approvedBefore) {
        database.read(c -> claims.approvedBefore(c, approvedBefore, ROWS_AT_A_TIME))
                .forEach(row -> submit(row.id(), row.userId()));
        database.read(c -> claims.abandoned(c, clock.instant(), ROWS_AT_A_TIME))
                .forEach(row -> submit(row.id(), row.userId()));
    }

    private void renew() {
        var claim = claim();
        running.forEach((id, attempt) -> {
            if (!database.write(c -> claims.renew(c, id, attempt, claim))) {
                LOG.warn("approval {} is no longer held by this process", id);
            }
        });
    }

    private void submit(String id, String userId) {
        if (!stopped) {
            hand(id, userId, () -> take(id).ifPresent(this::carryOut), () -> {});
        }
    }

    /** @param atLast is done in any case, after the work or in its place */
    private void hand(String id, String userId, Runnable work, Runnable atLast) {
        if (!inHand.add(id)) {
            atLast.run();
            return;
        }
        threads.execute(() -> {
            try {
                places.run(userId, work);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("approval {} is taken up again later", id, WithoutMessages.of(e));
            } finally {
                inHand.remove(id);
                atLast.run();
            }
        });
    }

    /** Claims a call that may be run, or was cut off. */
    private Optional<Held> take(String id) {
        var claim = claim();
        var held = database.write(c -> {
            var found = table.find(c, id);
            if (found.isEmpty() || stopped) {
                return Optional.<Held>empty();
            }
            var row = found.get();
            boolean live = liveGrant.test(row.grantId());
            boolean mine = switch (State.valueOf(row.state())) {
                case APPROVED -> !live || claims.claim(c, id, claim);
                case CLAIMED -> claims.reclaim(c, id, row.attempt(), clock.instant(), claim);
                case PENDING, DENIED, EXPIRED, SUPERSEDED, EXECUTED, FAILED, UNKNOWN -> false;
            };
            if (!mine) {
                return Optional.<Held>empty();
            }
            var taken = new Held(row, row.attempt() + 1, live, Optional.empty());
            if (live || State.valueOf(row.state()) == State.CLAIMED) {
                approvals.journal().started(row, taken.attempt());
            }
            return Optional.of(taken);
        });
        if (held.isPresent()
                && State.valueOf(held.get().row().state()) == State.APPROVED
                && !held.get().live()) {
            approvals.supersede(held.get().row(), "The session that asked has ended.");
            return Optional.empty();
        }
        return held;
    }

    /** Gives the call as it ended here. */
    private Optional<Approval> carryOut(Held held) {
        var id = held.row().id();
        running.put(id, held.attempt());
        try {
            var content = held.content().or(() -> approvals.snapshots().snapshot(held.row()));
            return end(held, content, run(held, content));
        } finally {
            running.remove(id);
        }
    }

    private RunResult run(Held held, Optional<Snapshot> content) {
        if (!held.live() && held.attempt() == 1) {
            return new RunResult.Changed("The session that asked has ended.");
        }
        if (!held.live()) {
            return new RunResult.Unknown(
                    "It was cut off, and the session that asked has ended. Check whether it happened.");
        }
        if (held.attempt() > MOST_ATTEMPTS) {
            return new RunResult.Unknown("It was cut off " + MOST_ATTEMPTS + " times. Check whether it happened.");
        }
        if (content.isEmpty()) {
            return held.attempt() == 1
                    ? new RunResult.Failed("What was approved can no longer be opened, so nothing was done.")
                    : new RunResult.Unknown("It was cut off and can no longer be opened. Check whether it happened.");
        }
        try {
            return runner.run(content.get().call(), content.get().question(), held.attempt());
        } catch (RuntimeException | Error e) {
            LOG.error("running approval {} failed", held.row().id(), WithoutMessages.of(e));
            return new RunResult.Unknown(
                    "It may have been carried out: the run broke off. Check before you repeat it.");
        }
    }

    private Optional<Approval> end(Held held, Optional<Snapshot> content, RunResult result) {
        var row = held.row();
        var state = state(result);
        var words = text(result);
        var outcome = approvals.snapshots().sealOutcome(row.userId(), row.id(), words);
        boolean ended = database.write(c -> {
            boolean done = claims.end(
                    c,
                    row.id(),
                    held.attempt(),
                    process,
                    state.name(),
                    outcome,
                    state != State.SUPERSEDED,
                    clock.instant());
            if (done) {
                approvals.journal().write(row, state, Map.of("attempt", Integer.toString(held.attempt())));
            }
            return done;
        });
        if (!ended) {
            LOG.warn("approval {} ended here after another process had taken it", row.id());
            return Optional.empty();
        }
        try {
            if (state == State.EXECUTED) {
                content.ifPresent(known -> approvals
                        .history()
                        .reached(row.userId(), known.question().reaches()));
            }
        } finally {
            approvals.journal().tell(row, state);
        }
        return Optional.of(approvals.snapshots().approval(row, content).ended(state, words));
    }

    private Claim claim() {
        return new Claim(node, process, clock.instant().plus(LEASE));
    }

    private static State state(RunResult result) {
        return switch (result) {
            case RunResult.Done done -> State.EXECUTED;
            case RunResult.Failed failed -> State.FAILED;
            case RunResult.Unknown unknown -> State.UNKNOWN;
            case RunResult.Changed changed -> State.SUPERSEDED;
        };
    }

    private static String text(RunResult result) {
        return switch (result) {
            case RunResult.Done(var json) -> json;
            case RunResult.Failed(var message) -> message;
            case RunResult.Unknown(var message) -> message;
            case RunResult.Changed(var message) -> message;
        };
    }
}
