package dev.countersign.connections;

import dev.countersign.connections.Disconnection.AtProvider;
import dev.countersign.connections.TokenEndpointException.Kind;
import dev.countersign.connector.Revocation;
import dev.countersign.store.Database;
import dev.countersign.store.RevocationTable;
import dev.countersign.store.RevocationTable.RevocationRow;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.SealedField;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import dev.countersign.vault.VaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks providers to end what people allowed. What could not be delivered is tried again for a day. */
final class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);
    private static final Duration GIVE_UP = Duration.ofDays(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int AT_A_TIME = 20;

    private final Database database;
    private final Vault vault;
    private final RevocationTable table = new RevocationTable();
    private final Map<String, ProviderClient> clients;
    private final Clock clock;

    Revocations(Database database, Vault vault, Map<String, ProviderClient> clients, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clients = clients;
        this.clock = clock;
    }

    /** A row for the token; whoever inserts it has promised to end it. */
    RevocationRow row(String userId, String connector, Secret token) {
        var id = RandomToken.id();
        var now = clock.instant();
        var sealed = vault.seal(field(userId, id), token);
        return new RevocationRow(id, userId, connector, sealed, 0, now.plus(FIRST_PAUSE), now.plus(GIVE_UP));
    }

    /**
     * Ends a token that no account has any more. Where only all that the person allowed can be ended, nothing is: another
     * account may live by it.
     */
    void end(LinkableProvider linkable, String userId, Secret token) {
        if (linkable.revocation().filter(Revocation.OfToken.class::isInstance).isPresent()) {
            var row = row(userId, linkable.id(), token);
            database.write(c -> {
                table.insert(c, row);
                return true;
            });
            attempt(row);
        }
    }

    /** Asks the provider. What it neither confirmed nor refused stays for later. */
    AtProvider attempt(RevocationRow row) {
        var answer = answer(row);
        var now = clock.instant();
        database.write(c -> {
            if (answer == AtProvider.NOT_CONFIRMED && now.isBefore(row.giveUpAt())) {
                table.again(c, row.id(), row.attempts() + 1, next(row, now));
            } else {
                table.delete(c, row.id());
            }
            return true;
        });
        return answer;
    }

    void retryDue() {
        database.read(c -> table.due(c, clock.instant(), AT_A_TIME)).forEach(this::attempt);
    }

    private AtProvider answer(RevocationRow row) {
        var client = Optional.ofNullable(clients.get(row.connector()));
        if (client.isEmpty()) {
            return AtProvider.NOT_CONFIRMED;
        }
        try {
            client.get().revoke(vault.openSecret(field(row.userId(), row.id()), row.token()));
            return AtProvider.CONFIRMED;
        } catch (TokenEndpointException e) {
            LOG.warn("revocation not confirmed: connector={} reason={}", row.connector(), e.getMessage());
            return e.kind() == Kind.INVALID_GRANT ? AtProvider.REFUSED : AtProvider.NOT_CONFIRMED;
        } catch (VaultException e) {
            LOG.warn("revocation not confirmed: connector={} reason={}", row.connector(), e.getMessage());
            return AtProvider.NOT_CONFIRMED;
        }
    }

    private static Instant next(RevocationRow row, Instant now) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row.attempts(), 10));
        return now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }

    private static SealedField field(String userId, String id) {
        return new SealedField(userId, "revocation/" + id, "token", 0);
    }
}
