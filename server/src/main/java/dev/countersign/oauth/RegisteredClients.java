package dev.countersign.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.audit.AuditEvent;
import dev.countersign.oauth.Client.Authentication;
import dev.countersign.oauth.Client.Known;
import dev.countersign.store.Database;
import dev.countersign.store.RegisteredClientTable;
import dev.countersign.store.RegisteredClientTable.RegisteredClientRow;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Clients that registered themselves. A registration lives with its grants; one that was never used ends after a day. */
public final class RegisteredClients {
    private static final Duration UNUSED = Duration.ofDays(1);

    /** For so long another node may know a client that was forgotten. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 1_000;

    private final Database database;
    private final RegisteredClientTable table = new RegisteredClientTable();
    private final Consumer<AuditEvent> audit;
    private final Clock clock;
    private final Cache<String, Optional<Client>> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();

    public RegisteredClients(Database database, Consumer<AuditEvent> audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** A client that has just registered, with the secret that only it gets to see. */
    record Registration(Client client, Optional<Secret> secret) {}

    Optional<Client> find(String clientId) {
        var found = remembered.get(
                clientId, id -> database.read(c -> table.byId(c, id)).map(RegisteredClients::client));
        if (found.isEmpty()) {
            remembered.invalidate(clientId); // it may register at another node
        }
        return found;
    }

    /** Keeps a checked registration, and forgets old ones that nobody used. */
    Registration register(String name, List<String> redirectUris, Authentication authentication, boolean refreshes) {
        var now = clock.instant();
        Optional<Secret> secret =
                authentication == Authentication.NONE ? Optional.empty() : Optional.of(RandomToken.token("cs_cs_"));
        var row = new RegisteredClientRow(
                "dcr_" + RandomToken.id(),
                name,
                String.join(" ", redirectUris),
                authentication.name(),
                secret.map(RandomToken::digest),
                refreshes,
                now);
        database.write(c -> {
            table.deleteUnused(c, now.minus(UNUSED), now);
            table.insert(c, row);
            return null;
        });
        remembered.invalidateAll(); // among them those that were forgotten just now
        audit.accept(new AuditEvent(
                now, "client.registered", "unknown", Optional.of(row.id()), row.id(), "allow", Map.of()));
        return new Registration(client(row), secret);
    }

    private static Client client(RegisteredClientRow row) {
        var redirectUris = List.of(row.redirectUris().split(" "));
        return new Client(
                row.id(),
                row.name(),
                RedirectUris.displayHost(redirectUris.getFirst()),
                redirectUris,
                Known.REGISTERED,
                Authentication.valueOf(row.authentication()),
                row.secretDigest(),
                row.refreshes());
    }
}
