package dev.countersign.oauth;

import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.store.Database;
import dev.countersign.store.RefreshTokenTable;
import dev.countersign.store.RefreshTokenTable.Rotation;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import dev.countersign.vault.WrappedSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Rotates refresh tokens once. An answer may get lost, so the used token gives the same successor again for a minute, until
 * the successor itself is used; after that a used token is a stolen one, and its grant ends. OAuth 2.1 section 4.3.1.
 */
final class RefreshTokens {
    /** How long a client may repeat a request whose answer it did not get. */
    static final Duration REPEATABLE = Duration.ofSeconds(60);

    /** The successor lies under a key that is made of the token before it: the database alone gives neither. */
    private static final String SUCCESSOR = "countersign refresh token successor v1";

    private final Database database;
    private final RefreshTokenTable table = new RefreshTokenTable();
    private final Grants grants;
    private final Clock clock;

    /** The grant of the token that was given, and the token that follows it. */
    record Rotated(Grant grant, Secret next) {}

    /** What one request brings, and the token that it may get: made before the transaction, for which others wait. */
    private static final class Attempt {
        private final String clientId;
        private final Secret token;
        private final Set<String> asked;
        private final String digest;
        private final Secret next = RandomToken.token("cs_rt_");
        private final String nextDigest = RandomToken.digest(next);
        private final byte[] sealed;

        private Attempt(String clientId, Secret token, Set<String> asked) {
            this.clientId = clientId;
            this.token = token;
            this.asked = asked;
            this.digest = RandomToken.digest(token);
            this.sealed = WrappedSecret.wrap(token, next, SUCCESSOR);
        }
    }

    /** What a transaction came to; an exception would undo it. */
    private sealed interface Outcome {
        record Success(Rotated rotated) implements Outcome {}

        record TooWide() implements Outcome {}

        record Refused(String detail) implements Outcome {}

        record Replayed(Grant ended) implements Outcome {}
    }

    RefreshTokens(Database database, Grants grants, Clock clock) {
        this.database = database;
        this.grants = grants;
        this.clock = clock;
    }

    /** The first token of a grant, within the transaction that makes the grant. */
    Secret first(Connection connection, Grant grant) throws SQLException {
        var token = RandomToken.token("cs_rt_");
        table.insert(connection, RandomToken.digest(token), grant.id(), clock.instant(), grant.expiresAt());
        return token;
    }

    /** The grant of a token whoever presents it, to tell a foreign token from an unknown one; nothing changes. */
    Optional<Grant> grantOf(Secret token) {
        return database.read(c -> {
            var row = table.byDigest(c, RandomToken.digest(token));
            return row.isPresent() ? grants.find(c, row.get().grantId()) : Optional.<Grant>empty();
        });
    }

    /**
     * Exchanges a token for its successor in one transaction. Fails with {@code invalid_scope}, which leaves the token as it is,
     * or {@code invalid_grant}; a replay ends the grant.
     *
     * @param asked none asks for the scopes of the grant
     */
    Rotated rotate(String clientId, Secret token, Set<String> asked) {
        var attempt = new Attempt(clientId, token, asked);
        return switch (database.write(c -> rotate(c, attempt))) {
            case Outcome.Success(Rotated rotated) -> {
                grants.prolonged(rotated.grant.id(), rotated.grant.expiresAt());
                yield rotated;
            }
            case Outcome.TooWide() ->
                throw new OAuthError(Code.INVALID_SCOPE, "A scope was not granted. Authorize again for more.");
            case Outcome.Refused(String detail) -> throw invalid(detail);
            case Outcome.Replayed(Grant ended) -> {
                grants.replayed(ended);
                throw invalid("used again after its successor; grant " + ended.id() + " revoked");
            }
        };
    }

    private Outcome rotate(Connection c, Attempt attempt) throws SQLException {
        var found = table.byDigest(c, attempt.digest);
        if (found.isEmpty()) {
            return new Outcome.Refused("unknown token");
        }
        var row = found.get();
        var grant = grants.find(c, row.grantId());
        if (grant.isEmpty()) {
            return new Outcome.Refused("grant " + row.grantId() + " has ended");
        }
        if (!grant.get().clientId().equals(attempt.clientId)) {
            return new Outcome.Refused("token of another client");
        }
        if (!grant.get().scopes().containsAll(attempt.asked)) {
            return new Outcome.TooWide();
        }
        if (row.rotation().isPresent()) {
            return repeat(c, grant.get(), row.rotation().get(), attempt.token);
        }
        return row.expiresAt().isAfter(clock.instant())
                ? next(c, grant.get(), attempt)
                : new Outcome.Refused("expired token");
    }

    private Outcome next(Connection c, Grant grant, Attempt attempt) throws SQLException {
        var now = clock.instant();
        var expiresAt = now.plus(Grants.IDLE);
        var rotation = new Rotation(now, attempt.nextDigest, attempt.sealed);
        table.deleteExpired(c, now);
        if (!table.rotate(c, attempt.digest, rotation)) {
            return new Outcome.Refused("used at the same time");
        }
        table.insert(c, rotation.successorDigest(), grant.id(), now, expiresAt);
        grants.used(c, grant.id(), expiresAt);
        return new Outcome.Success(new Rotated(prolonged(grant, expiresAt), attempt.next));
    }

    private Outcome repeat(Connection c, Grant grant, Rotation rotation, Secret token) throws SQLException {
        var successor = table.byDigest(c, rotation.successorDigest());
        var tolerated = successor.isPresent()
                && successor.get().rotation().isEmpty()
                && !clock.instant().isAfter(rotation.at().plus(REPEATABLE));
        if (tolerated) {
            return new Outcome.Success(new Rotated(grant, WrappedSecret.open(token, rotation.successor(), SUCCESSOR)));
        }
        return grants.revoke(c, grant.id(), "replay")
                ? new Outcome.Replayed(grant)
                : new Outcome.Refused("grant " + grant.id() + " has ended");
    }

    private Grant prolonged(Grant grant, java.time.Instant expiresAt) {
        return new Grant(
                grant.id(),
                grant.userId(),
                grant.clientId(),
                grant.clientName(),
                grant.clientHost(),
                grant.redirect(),
                grant.scopes(),
                grant.authenticatedAt(),
                grant.createdAt(),
                clock.instant(),
                expiresAt);
    }

    static OAuthError invalid(String detail) {
        return new OAuthError(
                400, Code.INVALID_GRANT, "The refresh token is not valid. Start the authorization again.", detail);
    }
}
