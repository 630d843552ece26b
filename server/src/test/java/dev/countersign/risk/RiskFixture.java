package dev.countersign.risk;

import dev.countersign.audit.AuditEvent;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Question;
import dev.countersign.http.Request;
import dev.countersign.oauth.Grant;
import dev.countersign.oauth.Grants;
import dev.countersign.risk.Signal.Code;
import dev.countersign.store.Database;
import dev.countersign.store.GrantTable;
import dev.countersign.store.GrantTable.GrantRow;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The room over a real database, vault and grants, with two people who have two clients each. */
final class RiskFixture implements AutoCloseable {
    static final String MALLORY = "Mallory <mallory@evil.example>";
    static final String SOURCE = "mail “Invoice” of 2026-11-23";

    final StillClock clock;
    final Queue<AuditEvent> audited = new ConcurrentLinkedQueue<>();
    final Database database;
    final Grants grants;
    final Risk risk;

    RiskFixture(Path folder) {
        this(folder, new StillClock(), RiskSettings.DEFAULT);
    }

    RiskFixture(Path folder, StillClock clock, RiskSettings settings) {
        this.clock = clock;
        this.database = Database.open(folder.resolve("test.db"));
        var vault = new Vault(database, KeyRing.open(folder.resolve("keys")), clock);
        for (var user : List.of("alice", "bob")) {
            for (var client : List.of("chat", "other")) {
                insert(grant(user, client));
            }
        }
        Consumer<AuditEvent> audit = audited::add;
        this.grants = new Grants(database, audit, clock);
        this.risk = new Risk(database, Sealing.of(vault), grants, audit, settings, clock);
        grants.listen(risk);
    }

    private void insert(Grant grant) {
        database.write(c -> {
            var table = new GrantTable();
            if (!table.ever(c, grant.userId(), grant.clientId())) {
                table.insert(
                        c,
                        new GrantRow(
                                grant.id(),
                                grant.userId(),
                                grant.clientId(),
                                grant.clientName(),
                                grant.clientHost(),
                                grant.redirect(),
                                "mail:read",
                                grant.authenticatedAt(),
                                grant.createdAt(),
                                grant.lastUsedAt(),
                                grant.expiresAt()));
            }
            return true;
        });
    }

    Grant grant(String userId, String clientId) {
        var now = clock.instant();
        return new Grant(
                grantId(userId, clientId),
                userId,
                clientId,
                "Chat app",
                "chat.example",
                "https://chat.example/cb",
                Set.of("mail:read"),
                now,
                now,
                now,
                now.plus(Duration.ofDays(3_650)));
    }

    static String grantId(String userId, String clientId) {
        return "grant-" + userId + "-" + clientId;
    }

    static CallFacts facts(String userId, String clientId, Effect effect) {
        return new CallFacts(
                userId,
                clientId,
                "Chat app",
                grantId(userId, clientId),
                effect == Effect.READ ? "mail_search" : "mail_send",
                effect,
                Set.of(userId + "@example.com"),
                new Request.Client("127.0.0.1", "test"));
    }

    void reads(String userId, String clientId, String foreignText) {
        risk.read(facts(userId, clientId, Effect.READ), List.of(new Foreign(MALLORY, SOURCE, foreignText)));
    }

    void readsPrivate(String userId, String clientId) {
        risk.read(facts(userId, clientId, Effect.READ), List.of());
    }

    Assessment sends(String userId, String clientId, String... to) {
        var question = Question.of("Send mail").reaching(List.of(to));
        return risk.acting(facts(userId, clientId, Effect.SEND), json("{}"), question);
    }

    Assessment writes(String userId, String clientId, String arguments) {
        return risk.acting(facts(userId, clientId, Effect.WRITE), json(arguments), Question.of("Write"));
    }

    static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }

    List<Code> codes(String userId) {
        return risk.of(userId).stream().map(Signal::code).toList();
    }

    List<String> auditTypes() {
        return audited.stream().map(AuditEvent::type).toList();
    }

    @Override
    public void close() {
        risk.close();
        database.close();
    }
}
