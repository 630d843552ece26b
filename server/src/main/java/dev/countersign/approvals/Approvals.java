package dev.countersign.approvals;

import dev.countersign.approvals.Approval.State;
import dev.countersign.approvals.ApprovalException.Code;
import dev.countersign.approvals.Snapshots.Snapshot;
import dev.countersign.audit.AuditTrail;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Principal;
import dev.countersign.risk.DecisionHistory;
import dev.countersign.risk.Sealing;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.ApprovalTable.DecisionNote;
import dev.countersign.store.ApprovalTable.Row;
import dev.countersign.store.ClaimTable.Claim;
import dev.countersign.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Calls that are frozen until they are decided. Every call that acts stands here first, also one that policy lets run at
 * once, so that it is on disk before it acts. One row for each call; its state moves by compare-and-set only, so two
 * tabs, threads or nodes that decide at once make one transition. {@link Executor} runs what is approved.
 */
public final class Approvals implements AutoCloseable {
    private static final int RECENT = 50;
    private static final int ROWS_AT_A_TIME = 100;

    private final Database database;
    private final ApprovalTable table = new ApprovalTable();
    private final Snapshots snapshots;
    private final DecisionHistory history;
    private final ApprovalSettings settings;
    private final Clock clock;
    private final Endings endings;
    private final Journal journal;
    private final Deciding deciding;

    private final Deliveries deliveries;

    private volatile RunsHere runsHere = RunsHere.NOBODY;

    public Approvals(
            Database database,
            Sealing sealing,
            AuditTrail audit,
            DecisionHistory history,
            ApprovalSettings settings,
            Clock clock) {
        this.database = database;
        this.snapshots = new Snapshots(sealing);
        this.history = history;
        this.settings = settings;
        this.clock = clock;
        var wakes = new Wakes();
        this.endings = new Endings(database, snapshots, wakes);
        this.journal = new Journal(audit, clock, wakes);
        this.deciding = new Deciding(this);
        this.deliveries = new Deliveries(database, clock);
    }

    void runBy(RunsHere here) {
        runsHere = here;
    }

    /**
     * Freezes a call and asks. An identical call that waits, runs, or ended and was not long since delivered, is given
     * back instead: so a refusal stands for a while, and a client that lost an answer does not act twice. With
     * {@link Tier#T0} it comes back decided, and runs. Fails with {@link Code#QUEUE_FULL} when too many wait.
     */
    public Approval ask(FrozenCall call, Tier tier, Question question, List<String> reasons) {
        var key = Digests.key(call);
        var asked = new Snapshot(call, question, reasons);
        while (true) {
            var here = runsHere;
            var claim = tier == Tier.T0 ? here.claim(call.userId(), call.grantId()) : Optional.<Claim>empty();
            var row = row(asked, tier, claim.isPresent());
            var live = insert(row, key, tier, claim);
            if (live.isEmpty()) {
                journal.tell(row, State.valueOf(row.state()));
                if (claim.isPresent()) {
                    endings.here(row.id(), here.run(row, asked));
                }
                return snapshots.approval(row, Optional.of(asked));
            }
            var merged = merge(live.get(), asked, tier);
            if (merged.isPresent()) {
                return merged.get();
            }
        }
    }

    /**
     * What became of the identical call, where it still answers this one; empty when it is asked anew.
     *
     * @param accounts those that the call would use
     */
    public Optional<Approval> identical(
            Principal principal, Tool<?, ?> tool, JsonNode arguments, List<LinkedAccount> accounts) {
        var key = Digests.key(
                principal.userId(),
                principal.clientId(),
                tool.name(),
                Digests.canonical(arguments),
                accounts.stream().map(LinkedAccount::id).toList());
        return database.read(c -> table.live(c, key)).filter(this::binding).map(snapshots::approval);
    }

    /** Gives the row that answers the identical call, where there is one; nothing is inserted then. */
    private Optional<Row> insert(Row row, String key, Tier tier, Optional<Claim> claim) {
        return database.write(c -> {
            var decision = tier == Tier.T0 ? Optional.of(byPolicy()) : Optional.<DecisionNote>empty();
            if (decision.isEmpty() || !table.insert(c, row, key, decision, claim)) {
                var live = table.live(c, key);
                if (live.isPresent()) {
                    if (binding(live.get())) {
                        return live;
                    }
                    table.release(c, live.get().id());
                }
                if (decision.isEmpty()) {
                    QueueCheck.check(table.countWaiting(c, row.userId(), row.grantId(), clock.instant()), settings);
                }
                table.insert(c, row, key, decision, claim);
            }
            if (claim.isPresent()) {
                journal.startedByPolicy(row);
            } else {
                journal.write(row, State.valueOf(row.state()), tier == Tier.T0 ? Journal.BY_POLICY : Map.of());
            }
            return Optional.empty();
        });
    }

    /** The live row, made as strong as the new question; empty when it was replaced or moved on: look again. */
    private Optional<Approval> merge(Row live, Snapshot asked, Tier tier) {
        if (State.valueOf(live.state()) != State.PENDING) {
            return Optional.of(snapshots.approval(live));
        }
        var stored = snapshots.snapshot(live);
        if (stored.isEmpty() || !Digests.shown(stored.get()).equals(Digests.shown(asked))) {
            supersede(live, "What it is about changed before it was decided. It is asked anew.");
            return Optional.empty();
        }
        if (Tier.valueOf(live.tier()).compareTo(tier) >= 0) {
            return Optional.of(snapshots.approval(live));
        }
        var reasons = new ArrayList<>(stored.get().reasons());
        asked.reasons().stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
        var stronger =
                snapshots.seal(new Snapshot(stored.get().call(), stored.get().question(), reasons));
        var digest = Digests.raised(live.digest(), tier);
        database.write(c -> table.raise(c, live.id(), tier.name(), digest, stronger));
        return Optional.of(approval(live.id()));
    }

    /** Whether the identical call still gets this row. */
    private boolean binding(Row row) {
        var now = clock.instant();
        return switch (State.valueOf(row.state())) {
            case PENDING -> row.expiresAt().isAfter(now);
            case APPROVED, CLAIMED -> true;
            case EXPIRED, SUPERSEDED -> false;
            case DENIED, EXECUTED, FAILED, UNKNOWN ->
                row.deliveredAt()
                        .or(() -> deliveries.of(row.id()))
                        .map(at -> at.plus(settings.outcomeKept()).isAfter(now))
                        .orElse(true);
        };
    }

    private Row row(Snapshot asked, Tier tier, boolean claimed) {
        var call = asked.call();
        var now = clock.instant();
        var decided = tier == Tier.T0;
        return new Row(
                call.id(),
                call.userId(),
                call.clientId(),
                call.clientName(),
                call.grantId(),
                call.tool(),
                call.toolTitle(),
                tier.name(),
                Digests.digest(asked),
                (claimed ? State.CLAIMED : decided ? State.APPROVED : State.PENDING).name(),
                Optional.of(snapshots.seal(asked)),
                Optional.empty(),
                now,
                now.plus(settings.lifetime()),
                decided ? Optional.of(now) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                claimed ? 1 : 0);
    }

    /** The person's own; those of others do not exist for them. */
    public Optional<Approval> find(String userId, String id) {
        return database.read(c -> table.find(c, userId, id)).map(snapshots::approval);
    }

    /** What waits for this person, oldest first. */
    public List<Approval> waiting(String userId) {
        return database.read(c -> table.waiting(c, userId, clock.instant())).stream()
                .map(snapshots::approval)
                .toList();
    }

    /** The newest 50, whatever became of them, newest first. */
    public List<Approval> recent(String userId) {
        return database.read(c -> table.recent(c, userId, RECENT)).stream()
                .map(snapshots::approval)
                .toList();
    }

    /**
     * The person says yes on our page. Gives the approval as it stands then: when it was decided or over already, nothing
     * changes. Fails with {@link Code#NOT_FOUND}, also for those of others, and {@link Code#DIGEST_MISMATCH}.
     */
    public Approval approve(String userId, String id, Evidence evidence) {
        return deciding.byPerson(State.APPROVED, userId, id, evidence);
    }

    /** The person says no on our page; as {@link #approve}. Final: the identical call is refused for a while. */
    public Approval deny(String userId, String id, Evidence evidence) {
        return deciding.byPerson(State.DENIED, userId, id, evidence);
    }

    /**
     * The person says yes in the client that asked. Fails also with {@link Code#TIER} when it must be decided on our page,
     * and with {@link Code#NOT_FOUND} for another person or client.
     */
    public Approval approveByClient(Principal principal, String id, String digest) {
        return deciding.byClient(State.APPROVED, principal, id, digest);
    }

    /** The person says no, or cancels, in the client that asked, whatever the tier. */
    public Approval denyByClient(Principal principal, String id, String digest) {
        return deciding.byClient(State.DENIED, principal, id, digest);
    }

    /**
     * Waits until nothing more will happen to a call, at most so long, and gives it as it stands then. The caller knows
     * already that it belongs to whom it answers.
     */
    public Approval await(String id, Duration atMost) {
        return endings.await(id, atMost);
    }

    /** What an ended call tells the client; empty while it has not ended. Ask it of one's own calls only. */
    public Optional<CallOutcome> outcome(String id) {
        return approval(id).ending();
    }

    /**
     * Notes that the client got the outcome: ten minutes later the identical call asks anew. It counts at once and is on disk
     * a little later; when that is lost, the outcome answers for longer.
     */
    public void delivered(String id) {
        deliveries.add(id);
    }

    /** Makes void what has not begun under a grant that ended: it will not run. */
    public void voidAllOf(String grantId, String reason) {
        for (var row : database.read(c -> table.notBegun(c, grantId))) {
            supersede(row, "The session that asked has ended: " + reason);
        }
    }

    /** Makes void what a person's gone account would be used for and has not begun. */
    public void voidAllWith(String userId, String accountId, String reason) {
        for (var row : database.read(c -> table.notBegunFor(c, userId))) {
            var uses = snapshots.snapshot(row).map(content -> content.call().accountIds());
            if (uses.orElse(List.of()).contains(accountId)) {
                supersede(row, reason);
            }
        }
    }

    /** Hears of every transition on this node. */
    public void listen(ApprovalListener listener) {
        journal.listen(listener);
    }

    Endings endings() {
        return endings;
    }

    /** Ends what waited for too long. */
    public void expireOverdue() {
        var now = clock.instant();
        database.read(c -> table.overdue(c, now, ROWS_AT_A_TIME)).forEach(this::expire);
    }

    /** Erases the content of what was decided, or ended undecided, 30 days ago; gives how many. */
    public int eraseOld() {
        var before = clock.instant().minus(settings.contentKept());
        return database.write(c -> table.erase(c, before));
    }

    void expire(Row row) {
        var now = clock.instant();
        move(row, State.EXPIRED, c -> table.expire(c, row.id(), now));
    }

    void supersede(Row row, String words) {
        var now = clock.instant();
        var outcome = snapshots.sealOutcome(row.userId(), row.id(), words);
        move(row, State.SUPERSEDED, c -> table.supersede(c, row.id(), now, outcome));
    }

    private void move(Row row, State state, Database.Work<Boolean> transition) {
        boolean moved = database.write(c -> {
            boolean done = transition.on(c);
            if (done) {
                journal.write(row, state, Map.of());
            }
            return done;
        });
        if (moved) {
            journal.tell(row, state);
        }
    }

    Approval approval(String id) {
        return snapshots.approval(database.read(c -> table.find(c, id)).orElseThrow(Approvals::notFound));
    }

    private static DecisionNote byPolicy() {
        return new DecisionNote("POLICY", Optional.empty(), Optional.empty(), Optional.empty());
    }

    static ApprovalException notFound() {
        return new ApprovalException(Code.NOT_FOUND, "There is no such request.");
    }

    /** Writes what is not yet on disk of what clients have. */
    @Override
    public void close() {
        deliveries.close();
    }

    Database database() {
        return database;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    Journal journal() {
        return journal;
    }

    DecisionHistory history() {
        return history;
    }

    Clock clock() {
        return clock;
    }
}
