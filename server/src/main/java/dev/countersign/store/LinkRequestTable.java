package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** People on their way to a provider; each comes back once, in the browser in which they left. */
public final class LinkRequestTable {
    /**
     * One way.
     *
     * @param verifier the PKCE verifier, sealed
     * @param scopes our scopes that were asked, separated by spaces
     * @param label the person's own name for the account; empty when they gave none
     * @param back the path to which they return
     * @param account the account that was to be linked again
     * @param forced whether the provider was made to ask for consent again
     */
    public record LinkRequestRow(
            String stateDigest,
            String sessionId,
            String userId,
            String connector,
            byte[] verifier,
            String scopes,
            String label,
            String back,
            Optional<String> account,
            boolean forced,
            Instant expiresAt) {}

    public void insert(Connection connection, LinkRequestRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO link_request (state_digest, session_id, user_id, connector, verifier, scopes, label, back,"
                        + " account, forced, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.stateDigest,
                row.sessionId,
                row.userId,
                row.connector,
                row.verifier,
                row.scopes,
                row.label,
                row.back,
                row.account,
                row.forced ? 1 : 0,
                row.expiresAt);
    }

    /** Takes it away for the one who comes back; only in the session in which it was made. */
    public Optional<LinkRequestRow> take(
            Connection connection, String stateDigest, String sessionId, String userId, String connector, Instant now)
            throws SQLException {
        return Sql.first(
                connection,
                "DELETE FROM link_request WHERE state_digest = ? AND session_id = ? AND user_id = ?"
                        + " AND connector = ? AND expires_at > ? RETURNING *",
                row -> new LinkRequestRow(
                        row.getString("state_digest"),
                        row.getString("session_id"),
                        row.getString("user_id"),
                        row.getString("connector"),
                        row.getBytes("verifier"),
                        row.getString("scopes"),
                        row.getString("label"),
                        row.getString("back"),
                        Sql.optionalString(row, "account"),
                        row.getInt("forced") == 1,
                        Sql.instant(row, "expires_at")),
                stateDigest,
                sessionId,
                userId,
                connector,
                now);
    }

    public int deleteExpired(Connection connection, Instant now) throws SQLException {
        return Sql.update(connection, "DELETE FROM link_request WHERE expires_at <= ?", now);
    }

    /** How many ways are open in a session. */
    public int openIn(Connection connection, String sessionId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) FROM link_request WHERE session_id = ?",
                        row -> row.getInt(1),
                        sessionId)
                .orElse(0);
    }
}
