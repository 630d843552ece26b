package dev.countersign.connections;

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

/** Ends tokens at their provider. One that could not be delivered is tried again for a day. RFC 7009. */
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

    /** Ends a token that no account has any more. */
    void end(LinkableProvider linkable, String userId, Secret token) {
        if (linkable.revocation().isPresent()) {
            var row = row(userId, linkable.id(), token);
            database.write(c -> {
                table.insert(c, row);
                return true;
            });
            attempt(row);
        }
    }

    /** Asks the provider; whether it confirmed. What it did not confirm stays for later. */
    boolean attempt(RevocationRow row) {
        if (delivered(row)) {
            database.write(c -> {
                table.delete(c, row.id());
                return true;
            });
            return true;
        }
        var now = clock.instant();
        database.write(c -> {
            if (now.isBefore(row.giveUpAt())) {
                table.again(c, row.id(), row.attempts() + 1, next(row, now));
            } else {
                table.delete(c, row.id());
            }
            return true;
        });
        return false;
    }

    void retryDue() {
        database.read(c -> table.due(c, clock.instant(), AT_A_TIME)).forEach(this::attempt);
    }

    private boolean delivered(RevocationRow row) {
        var client = Optional.ofNullable(clients.get(row.connector()));
        if (client.isEmpty()) {
            return false;
        }
        try {
            client.get().revoke(vault.openSecret(field(row.userId(), row.id()), row.token()));
            return true;
        } catch (TokenEndpointException | VaultException e) {
            LOG.warn("revocation not confirmed: connector={} reason={}", row.connector(), e.getMessage());
            return false;
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
