package dev.countersign.approvals;

import dev.countersign.StandingClock;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditTrail;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Principal;
import dev.countersign.risk.DecisionHistory;
import dev.countersign.risk.Sealing;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.Database;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** One node's room over a real database and vault, with a clock that is moved. Two on one folder are two nodes. */
final class ApprovalsFixture implements AutoCloseable {
    static final String ALICE = "alice";
    static final Duration LIFETIME = Duration.ofHours(1);
    static final Duration OUTCOME_KEPT = Duration.ofMinutes(10);
    static final Duration CONTENT_KEPT = Duration.ofDays(30);
    static final int QUEUE = 3;
    static final ApprovalSettings SETTINGS = new ApprovalSettings(LIFETIME, QUEUE, OUTCOME_KEPT, CONTENT_KEPT);
    static final Question SEND = Question.of("Send note").with("To", "bob@example.com");

    private static final Instant SIGNED_IN_AT = Instant.parse("2026-11-23T08:00:00Z");

    final StandingClock clock;
    final Queue<AuditEvent> audited = new ConcurrentLinkedQueue<>();
    final History history = new History();
    final Database database;
    final Vault vault;
    final Approvals approvals;

    record In(String text) {}

    record Out(String id) {}

    static final Tool<In, Out> TOOL = Tool.act(Effect.WRITE, "note_write", "Write note", In.class, Out.class)
            .accounts(Tool.Accounts.NONE)
            .ask((in, call) -> Question.of("Write note").with("Text", in.text()))
            .run((in, call) -> new Out("1"));

    /** What the signals were told. */
    static final class History implements DecisionHistory {
        final Queue<List<String>> reached = new ConcurrentLinkedQueue<>();
        final Queue<Integer> declined = new ConcurrentLinkedQueue<>();
        volatile boolean broken;

        @Override
        public void reached(String userId, List<String> addresses) {
            if (broken) {
                throw new IllegalStateException("the disk is full");
            }
            reached.add(addresses);
        }

        @Override
        public void declined(String userId, String clientId, String clientName, String grantId, int lately) {
            declined.add(lately);
        }
    }

    ApprovalsFixture(Path folder) {
        this(folder, new StandingClock());
    }

    ApprovalsFixture(Path folder, StandingClock clock) {
        this(folder, clock, event -> {});
    }

    /** @param audit also gets each event, and may refuse it */
    ApprovalsFixture(Path folder, StandingClock clock, Consumer<AuditEvent> audit) {
        this.clock = clock;
        this.database = Database.open(folder.resolve("test.db"));
        this.vault = new Vault(database, KeyRing.open(folder.resolve("keys"), database), clock);
        AuditTrail both = events -> {
            events.forEach(audit);
            audited.addAll(events);
        };
        this.approvals = new Approvals(database, Sealing.of(vault), both, history, SETTINGS, clock);
    }

    static Principal principal(String userId, String clientId) {
        return new Principal(
                userId, clientId, "Chat app", "grant-" + userId + "-" + clientId, Set.of("mail:send"), SIGNED_IN_AT);
    }

    static FrozenCall call(String text) {
        return call(principal(ALICE, "chat"), text, Optional.empty());
    }

    static FrozenCall call(Principal principal, String text, Optional<String> version) {
        var arguments = JsonMapper.shared().createObjectNode().put("text", text);
        return FrozenCall.of(principal, TOOL, arguments, List.of(), version);
    }

    Approval ask(String text, Tier tier) {
        return approvals.ask(call(text), tier, SEND, List.of("It reaches others."));
    }

    static Evidence evidence(Approval approval) {
        return new Evidence("s".repeat(64), "browser", SIGNED_IN_AT, approval.digest());
    }

    Approval approve(Approval approval) {
        return approvals.approve(approval.userId(), approval.id(), evidence(approval));
    }

    Approval deny(Approval approval) {
        return approvals.deny(approval.userId(), approval.id(), evidence(approval));
    }

    Approval.State state(Approval approval) {
        return row(approval.id())
                .map(row -> Approval.State.valueOf(row.state()))
                .orElseThrow();
    }

    Optional<ApprovalTable.Row> row(String id) {
        return database.read(c -> new ApprovalTable().find(c, id));
    }

    /** What the audit says of one question, in order. */
    List<String> decisions(Approval approval) {
        return audited.stream()
                .filter(event -> approval.id().equals(event.detail().get("approval")))
                .map(AuditEvent::decision)
                .toList();
    }

    @Override
    public void close() {
        database.close();
    }
}
