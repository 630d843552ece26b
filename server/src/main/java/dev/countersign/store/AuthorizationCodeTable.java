package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Authorization codes, by digest. A redeemed one stays a while, so that a second use is known as one. */
public final class AuthorizationCodeTable {
    /**
     * One code.
     *
     * @param grantId the id that the grant has once the code is redeemed
     * @param scopes separated by spaces
     * @param refreshes whether the client gets refresh tokens
     */
    public record AuthorizationCodeRow(
            String digest,
            String grantId,
            String userId,
            String clientId,
            String clientName,
            String clientHost,
            boolean refreshes,
            String redirectUri,
            String scopes,
            String codeChallenge,
            Instant authenticatedAt,
            Instant expiresAt,
            Optional<Instant> redeemedAt) {}

    public void insert(Connection connection, AuthorizationCodeRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO authorization_code (digest, grant_id, user_id, client_id, client_name, client_host,"
                        + " refreshes, redirect_uri, scopes, code_challenge, authenticated_at, expires_at, redeemed_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.digest,
                row.grantId,
                row.userId,
                row.clientId,
                row.clientName,
                row.clientHost,
                row.refreshes,
                row.redirectUri,
                row.scopes,
                row.codeChallenge,
                row.authenticatedAt,
                row.expiresAt,
                row.redeemedAt);
    }

    public Optional<AuthorizationCodeRow> byDigest(Connection connection, String digest) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM authorization_code WHERE digest = ?",
                row -> new AuthorizationCodeRow(
                        row.getString("digest"),
                        row.getString("grant_id"),
                        row.getString("user_id"),
                        row.getString("client_id"),
                        row.getString("client_name"),
                        row.getString("client_host"),
                        row.getBoolean("refreshes"),
                        row.getString("redirect_uri"),
                        row.getString("scopes"),
                        row.getString("code_challenge"),
                        Sql.instant(row, "authenticated_at"),
                        Sql.instant(row, "expires_at"),
                        Sql.optionalInstant(row, "redeemed_at")),
                digest);
    }

    /** Uses a code up; false when it is used up already. */
    public boolean redeem(Connection connection, String digest, Instant at) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE authorization_code SET redeemed_at = ? WHERE digest = ? AND redeemed_at IS NULL",
                        at,
                        digest)
                == 1;
    }

    public int deleteExpired(Connection connection, Instant expiredBefore) throws SQLException {
        return Sql.update(connection, "DELETE FROM authorization_code WHERE expires_at < ?", expiredBefore);
    }
}
