package dev.countersign.connections;

import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.ConnectionTable.TokenColumns;
import dev.countersign.vault.SealedField;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Seals and opens the tokens of connections. Each stands sealed for its row, its column and the row's version. */
final class SealedTokens {
    private static final String ACCESS = "access_token";
    private static final String REFRESH = "refresh_token";
    private static final String PREVIOUS = "previous_token";
    private static final String CANDIDATE = "candidate_token";

    private final Vault vault;

    SealedTokens(Vault vault) {
        this.vault = vault;
    }

    /**
     * Seals an answer of the token endpoint for a version.
     *
     * @param before the refresh token until now; it stays the current one when the answer brought none
     */
    TokenColumns seal(
            String userId, String id, long version, TokenAnswer answer, Optional<Secret> before, Instant now) {
        var refresh = answer.refresh().or(() -> before);
        var previous = before.filter(token -> !refresh.equals(Optional.of(token)));
        return new TokenColumns(
                vault.seal(field(userId, id, ACCESS, version), answer.access()),
                refresh.map(token -> vault.seal(field(userId, id, REFRESH, version), token)),
                previous.map(token -> vault.seal(field(userId, id, PREVIOUS, version), token)),
                Optional.empty(),
                answer.lifetime().map(life -> now.plus(usable(life))),
                answer.lifetime().map(now::plus));
    }

    byte[] sealCandidate(ConnectionRow row, Secret token) {
        return vault.seal(field(row, CANDIDATE), token);
    }

    Secret access(ConnectionRow row) {
        return vault.openSecret(field(row, ACCESS), row.tokens().access());
    }

    Optional<Secret> refresh(ConnectionRow row) {
        return row.tokens().refresh().map(stored -> vault.openSecret(field(row, REFRESH), stored));
    }

    Optional<Secret> previous(ConnectionRow row) {
        return row.tokens().previous().map(stored -> vault.openSecret(field(row, PREVIOUS), stored));
    }

    Optional<Secret> candidate(ConnectionRow row) {
        return row.tokens().candidate().map(stored -> vault.openSecret(field(row, CANDIDATE), stored));
    }

    /** An access token is renewed when four fifths of its life are over. */
    private static Duration usable(Duration life) {
        return life.multipliedBy(4).dividedBy(5);
    }

    private static SealedField field(ConnectionRow row, String name) {
        return field(row.userId(), row.id(), name, row.version());
    }

    private static SealedField field(String userId, String id, String name, long version) {
        return new SealedField(userId, "connection/" + id, name, version);
    }
}
