package dev.countersign.mcp;

import dev.countersign.StandingClock;
import dev.countersign.approvals.ApprovalSettings;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.Evidence;
import dev.countersign.approvals.Executor;
import dev.countersign.approvals.Tier;
import dev.countersign.audit.AuditLog;
import dev.countersign.connections.Connections;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Tool;
import dev.countersign.http.Request;
import dev.countersign.identity.Passwords;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.identity.QuickPasswords;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.oauth.Grants;
import dev.countersign.oauth.Principal;
import dev.countersign.policy.PolicyFile;
import dev.countersign.policy.PolicyRules;
import dev.countersign.policy.PolicyRules.Outcome;
import dev.countersign.policy.PolicyRules.Rule;
import dev.countersign.policy.ToolCallPolicy;
import dev.countersign.risk.Risk;
import dev.countersign.risk.RiskSettings;
import dev.countersign.risk.Sealing;
import dev.countersign.store.Database;
import dev.countersign.telemetry.Metrics;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Secret;
import dev.countersign.vault.StateSealer;
import dev.countersign.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Real rooms under the flow of a call, and Alice, who has linked nothing. */
final class CallRooms implements AutoCloseable {
    static final Duration LONG = Duration.ofMinutes(2);
    static final int QUEUE = 3;

    private static final Passwords PASSWORDS = QuickPasswords.make();

    final StandingClock clock = new StandingClock();
    final Notes notes = new Notes();
    final Database database;
    final AuditLog audit;
    final People people;
    final Person alice;
    final Connections connections;
    final Risk risk;
    final Approvals approvals;
    final InFlight inFlight = new InFlight();
    final StateSealer sealer;
    private final ToolCalls calls;
    private final Executor executor;

    CallRooms(Path folder) {
        this(folder, PolicyFile.defaults());
    }

    /** @param writes how strongly what writes is confirmed */
    static CallRooms with(Path folder, Tier writes) {
        var rule = new Rule(Optional.of(Effect.WRITE), Optional.empty(), Optional.empty(), new Outcome.Confirm(writes));
        return new CallRooms(
                folder, new PolicyRules(List.of(rule), PolicyFile.defaults().limits()));
    }

    CallRooms(Path folder, PolicyRules rules) {
        this(folder, rules, LONG);
    }

    /** @param deadline when a call is ended */
    CallRooms(Path folder, PolicyRules rules, Duration deadline) {
        this.database = Database.open(folder.resolve("test.db"));
        this.audit = new AuditLog(database, clock);
        var ring = KeyRing.open(folder.resolve("keys"), database);
        var vault = new Vault(database, ring, clock);
        this.sealer = new StateSealer(ring, clock);
        this.people = new People(database, PASSWORDS, audit::append, clock);
        this.alice =
                people.create("alice@example.com", "Alice", Secret.of("a password for tests"), ZoneOffset.UTC, false);
        var grants = new Grants(database, audit::append, clock);
        this.connections = new Connections(
                database,
                vault,
                List.of(),
                TestServer.PUBLIC_URL.toString(),
                folder.resolve("spool"),
                audit::append,
                clock);
        this.risk = new Risk(database, Sealing.of(vault), grants, audit::append, RiskSettings.DEFAULT, clock);
        this.approvals = new Approvals(
                database, Sealing.of(vault), audit, risk, ApprovalSettings.DEFAULT.withQueue(QUEUE), clock);
        this.calls = calls(notes.tools(), rules, deadline);
        this.executor = new Executor(approvals, calls.runner(), grant -> true, "a");
        executor.start();
    }

    private ToolCalls calls(List<Tool<?, ?>> tools, PolicyRules rules, Duration deadline) {
        return new ToolCalls(
                tools,
                new ToolCalls.Parts(
                        new ToolCallPolicy(rules, grant -> true, connections, approvals, risk, clock),
                        approvals,
                        risk,
                        connections,
                        people,
                        audit,
                        new Metrics(),
                        sealer,
                        clock,
                        deadline,
                        TestServer.PUBLIC_URL));
    }

    Principal principal() {
        return principal(alice.id());
    }

    static Principal principal(String userId) {
        return new Principal(userId, "app", "App", "grant-" + userId, Set.of("search"), Instant.EPOCH);
    }

    static String note(String text) {
        return "{\"text\":\"" + text + "\",\"times\":1,\"weight\":1}";
    }

    /** Calls as Alice, with nothing brought back. */
    Answer call(String tool, String arguments) {
        return call(principal(), tool, arguments, Optional.empty(), LONG);
    }

    /** Repeats a call with the person's answer to what was asked. */
    Answer repeat(String tool, String arguments, Answer.Ask asked, boolean inForm, Action action) {
        return repeat(tool, arguments, asked, inForm, action, LONG);
    }

    Answer repeat(String tool, String arguments, Answer.Ask asked, boolean inForm, Action action, Duration patience) {
        var reply = new Reply(asked.approvalId(), asked.digest(), inForm, action);
        return call(principal(), tool, arguments, Optional.of(reply), patience);
    }

    Answer call(Principal principal, String tool, String arguments, Optional<Reply> reply, Duration patience) {
        try (var running = inFlight.enter()) {
            return call(principal, tool, arguments, reply, patience, running);
        }
    }

    Answer call(
            Principal principal,
            String tool,
            String arguments,
            Optional<Reply> reply,
            Duration patience,
            InFlight.Running running) {
        var served = calls.served().stream()
                .filter(each -> each.name().equals(tool))
                .findFirst()
                .orElseThrow();
        return served.call(new ToolRequest(
                principal,
                new Request.Client("192.0.2.1", "test"),
                (ObjectNode) JsonMapper.shared().readTree(arguments),
                ToolRequest.Progress.NONE,
                running,
                reply,
                patience));
    }

    /** Alice says yes on our page. */
    void approve(Answer.Ask asked) {
        approvals.approve(
                alice.id(),
                asked.approvalId().orElseThrow(),
                new Evidence("session", "browser", Instant.EPOCH, asked.digest()));
    }

    @Override
    public void close() {
        executor.close();
        inFlight.close();
        connections.close();
        risk.close();
        audit.close();
        database.close();
    }
}
