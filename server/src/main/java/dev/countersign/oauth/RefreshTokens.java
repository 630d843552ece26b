package dev.countersign.oauth;

import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.store.Database;
import dev.countersign.store.RefreshLineageTable;
import dev.countersign.store.RefreshLineageTable.Lineage;
import dev.countersign.store.RefreshLineageTable.Rotation;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.NamedToken;
import dev.countersign.vault.NamedToken.Named;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import dev.countersign.vault.WrappedSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private final RefreshLineageTable table = new RefreshLineageTable();
    private final NamedToken tokens;
    private final Grants grants;
    private final Clock clock;

    /** What one request brings. */
    private final class Attempt {
        private final String clientId;
        private final Secret token;
        private final Set<String> asked;
        private final String digest;
        private final Optional<Named> named;

        private Attempt(String clientId, Secret token, Set<String> asked) {
            this.clientId = clientId;
            this.token = token;
            this.asked = asked;
            this.digest = RandomToken.digest(token);
            this.named = tokens.read(token);
        }

        /** Of what became valid after the token, nothing is known here. */
        private boolean isNewerThan(Lineage lineage) {
            return named.filter(it -> it.generation() > lineage.generation()).isPresent();
        }
    }

    /** The grant of the token that was given, and the token that follows it. */
    record Rotated(Grant grant, Secret next) {}

    /** What a transaction came to; an exception would undo it. */
    private sealed interface Outcome {
        record Success(Rotated rotated) implements Outcome {}

        record TooWide() implements Outcome {}

        record Refused(String detail) implements Outcome {}

        record Replayed(Grant ended) implements Outcome {}
    }

    RefreshTokens(Database database, KeyRing ring, Grants grants, Clock clock) {
        this.database = database;
        this.tokens = new NamedToken("cs_rt_", ring);
        this.grants = grants;
        this.clock = clock;
    }

    /** The first token of a grant, within the transaction that makes the grant. */
    Secret first(Connection connection, Grant grant) throws SQLException {
        var token = tokens.make(grant.id(), 0);
        table.insert(connection, grant.id(), RandomToken.digest(token));
        table.deleteEnded(connection, clock.instant());
        return token;
    }

    /** The grant of a token whoever presents it, to tell a foreign token from an unknown one; nothing changes. */
    Optional<Grant> grantOf(Secret token) {
        var attempt = new Attempt("", token, Set.of());
        return database.read(c -> {
            var lineage = lineage(c, attempt);
            return lineage.isPresent() ? grants.find(c, lineage.get().grantId()) : Optional.<Grant>empty();
        });
    }

    /** Where a token of ours belongs, used or not; empty for all else, whatever grant it names. */
    private Optional<Lineage> lineage(Connection c, Attempt attempt) throws SQLException {
        return attempt.named.isPresent()
                ? table.of(c, attempt.named.get().name())
                        .filter(found -> found.has(attempt.digest) || tokens.isOurs(attempt.token))
                : table.ofNameless(c, attempt.digest);
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
        var found = lineage(c, attempt);
        if (found.isEmpty()) {
            return new Outcome.Refused("unknown token");
        }
        var lineage = found.get();
        var grant = grants.find(c, lineage.grantId());
        if (grant.isEmpty()) {
            return new Outcome.Refused("grant " + lineage.grantId() + " has ended");
        }
        if (!grant.get().clientId().equals(attempt.clientId)) {
            return new Outcome.Refused("token of another client");
        }
        if (!grant.get().scopes().containsAll(attempt.asked)) {
            return new Outcome.TooWide();
        }
        return lineage.digest().equals(attempt.digest)
                ? next(c, grant.get(), lineage, attempt)
                : repeat(c, grant.get(), lineage, attempt);
    }

    private Outcome next(Connection c, Grant grant, Lineage lineage, Attempt attempt) throws SQLException {
        var now = clock.instant();
        var next = tokens.make(grant.id(), lineage.generation() + 1);
        var used = new Rotation(attempt.digest, now, WrappedSecret.wrap(attempt.token, next, SUCCESSOR));
        if (!table.rotate(c, grant.id(), used, RandomToken.digest(next))) {
            return new Outcome.Refused("used at the same time");
        }
        var expiresAt = now.plus(Grants.IDLE);
        grants.used(c, grant.id(), expiresAt);
        return new Outcome.Success(new Rotated(prolonged(grant, expiresAt), next));
    }

    /** The token is ours and is not the valid one. */
    private Outcome repeat(Connection c, Grant grant, Lineage lineage, Attempt attempt) throws SQLException {
        var tolerated = lineage.last()
                .filter(last -> last.digest().equals(attempt.digest))
                .filter(last -> !clock.instant().isAfter(last.at().plus(REPEATABLE)));
        if (tolerated.isPresent()) {
            var next = WrappedSecret.open(attempt.token, tolerated.get().successor(), SUCCESSOR);
            return new Outcome.Success(new Rotated(grant, next));
        }
        if (attempt.isNewerThan(lineage)) {
            return new Outcome.Refused("token is newer than the database, which was restored");
        }
        return grants.revoke(c, grant.id(), "replay")
                ? new Outcome.Replayed(grant)
                : new Outcome.Refused("grant " + grant.id() + " has ended");
    }

    private Grant prolonged(Grant grant, Instant expiresAt) {
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
