package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.store.AuthorizationCodeTable;
import dev.countersign.store.AuthorizationCodeTable.AuthorizationCodeRow;
import dev.countersign.store.Database;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues authorization codes and exchanges each of them once. OAuth 2.1 sections 4.1.2 and 4.1.3. */
final class AuthorizationCodes {
    /** From the browser to the token endpoint; OAuth 2.1 asks for a short lifetime. */
    static final Duration LIFETIME = Duration.ofSeconds(60);

    /** For so long a second use of a code is known as one. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final Database database;
    private final AuthorizationCodeTable table = new AuthorizationCodeTable();
    private final Grants grants;
    private final RefreshTokens refreshTokens;
    private final Clock clock;

    /** A grant that has just begun, and its refresh token when the client gets one. */
    record Redeemed(Grant grant, Optional<Secret> refreshToken) {}

    /** What a transaction came to; an exception would undo it. */
    private sealed interface Outcome {
        record Success(Redeemed redeemed, boolean firstSeenClient) implements Outcome {}

        record Refused(String detail) implements Outcome {}

        record Reused(Grant ended) implements Outcome {}
    }

    AuthorizationCodes(Database database, Grants grants, RefreshTokens refreshTokens, Clock clock) {
        this.database = database;
        this.grants = grants;
        this.refreshTokens = refreshTokens;
        this.clock = clock;
    }

    /** Makes a code for what a person allowed. */
    Secret issue(AskedFor asked, String userId, java.time.Instant authenticatedAt) {
        var code = RandomToken.token("cs_ac_");
        var now = clock.instant();
        var row = new AuthorizationCodeRow(
                RandomToken.digest(code),
                RandomToken.id(),
                userId,
                asked.clientId(),
                asked.clientName(),
                asked.clientHost(),
                asked.refreshes(),
                asked.redirectUri(),
                Scopes.joined(asked.scopes()),
                asked.codeChallenge(),
                authenticatedAt,
                now.plus(LIFETIME),
                Optional.empty());
        database.write(c -> {
            table.deleteExpired(c, now.minus(REMEMBERED));
            table.insert(c, row);
            return null;
        });
        return code;
    }

    /**
     * Exchanges a code once. Fails with {@code invalid_grant} when it is unknown, expired, bound to another client, redirect URI or
     * verifier, or used before; only the last, and only with the whole code, revokes its grant.
     */
    Redeemed redeem(String clientId, Secret code, Optional<String> redirectUri, @Nullable CodeVerifier verifier) {
        var outcome = database.write(c -> redeem(c, clientId, RandomToken.digest(code), redirectUri, verifier));
        return switch (outcome) {
            case Outcome.Success(Redeemed redeemed, boolean firstSeenClient) -> {
                grants.begun(redeemed.grant, firstSeenClient);
                yield redeemed;
            }
            case Outcome.Refused(String detail) -> throw invalid(detail);
            case Outcome.Reused(Grant ended) -> {
                grants.ended(ended.id(), ended.userId(), ended.clientId(), "code-reuse");
                throw invalid("used before; grant " + ended.id() + " revoked");
            }
        };
    }

    private Outcome redeem(
            Connection c, String clientId, String digest, Optional<String> redirectUri, @Nullable CodeVerifier verifier)
            throws SQLException {
        var found = table.byDigest(c, digest);
        if (found.isEmpty()) {
            return new Outcome.Refused("unknown code");
        }
        var row = found.get();
        if (!row.clientId().equals(clientId)) {
            return new Outcome.Refused("code of another client");
        }
        if (row.redeemedAt().isPresent()) {
            return reused(c, row);
        }
        if (!row.expiresAt().isAfter(clock.instant())) {
            return new Outcome.Refused("expired code");
        }
        if (redirectUri.isPresent() && !redirectUri.get().equals(row.redirectUri())) {
            return new Outcome.Refused("other redirect_uri");
        }
        if (verifier == null || !matches(verifier, row.codeChallenge())) {
            return new Outcome.Refused("code_verifier missing or wrong");
        }
        return begin(c, row);
    }

    private Outcome reused(Connection c, AuthorizationCodeRow row) throws SQLException {
        var grant = grants.find(c, row.grantId());
        if (grant.isEmpty() || !grants.revoke(c, row.grantId(), "code-reuse")) {
            return new Outcome.Refused("used before");
        }
        return new Outcome.Reused(grant.get());
    }

    private Outcome begin(Connection c, AuthorizationCodeRow row) throws SQLException {
        var now = clock.instant();
        if (!table.redeem(c, row.digest(), now)) {
            return new Outcome.Refused("used at the same time");
        }
        var grant = new Grant(
                row.grantId(),
                row.userId(),
                row.clientId(),
                row.clientName(),
                row.clientHost(),
                RedirectUris.remembered(row.redirectUri()),
                Scopes.split(row.scopes()),
                row.authenticatedAt(),
                now,
                now,
                now.plus(Grants.IDLE));
        var firstSeen = grants.insert(c, grant);
        var refreshToken = row.refreshes() ? Optional.of(refreshTokens.first(c, grant)) : Optional.<Secret>empty();
        return new Outcome.Success(new Redeemed(grant, refreshToken), firstSeen);
    }

    private static boolean matches(CodeVerifier verifier, String challenge) {
        var computed = CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue();
        return MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.US_ASCII), challenge.getBytes(StandardCharsets.US_ASCII));
    }

    private static OAuthError invalid(String detail) {
        return new OAuthError(
                400, Code.INVALID_GRANT, "The authorization code is not valid. Start the authorization again.", detail);
    }
}
