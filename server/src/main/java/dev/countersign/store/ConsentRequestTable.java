package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Questions to people whether a client may have access; each is answered once, in the browser in which it was asked. */
public final class ConsentRequestTable {
    /**
     * One question.
     *
     * @param scopes separated by spaces
     * @param refreshes whether the client gets refresh tokens
     */
    public record ConsentRequestRow(
            String id,
            String sessionId,
            String userId,
            String clientId,
            String clientName,
            String clientHost,
            boolean refreshes,
            String redirectUri,
            String scopes,
            Optional<String> state,
            String codeChallenge,
            Instant authenticatedAt,
            Instant expiresAt) {}

    public void insert(Connection connection, ConsentRequestRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO consent_request (id, session_id, user_id, client_id, client_name, client_host, refreshes,"
                        + " redirect_uri, scopes, state, code_challenge, authenticated_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.sessionId,
                row.userId,
                row.clientId,
                row.clientName,
                row.clientHost,
                row.refreshes,
                row.redirectUri,
                row.scopes,
                row.state,
                row.codeChallenge,
                row.authenticatedAt,
                row.expiresAt);
    }

    /** Takes a question away from the table for the one who answers it; only in the session in which it was asked. */
    public Optional<ConsentRequestRow> take(
            Connection connection, String id, String sessionId, String userId, Instant now) throws SQLException {
        return Sql.first(
                connection,
                "DELETE FROM consent_request WHERE id = ? AND session_id = ? AND user_id = ? AND expires_at > ?"
                        + " RETURNING *",
                row -> new ConsentRequestRow(
                        row.getString("id"),
                        row.getString("session_id"),
                        row.getString("user_id"),
                        row.getString("client_id"),
                        row.getString("client_name"),
                        row.getString("client_host"),
                        row.getBoolean("refreshes"),
                        row.getString("redirect_uri"),
                        row.getString("scopes"),
                        Sql.optionalString(row, "state"),
                        row.getString("code_challenge"),
                        Sql.instant(row, "authenticated_at"),
                        Sql.instant(row, "expires_at")),
                id,
                sessionId,
                userId,
                now);
    }

    public int deleteExpired(Connection connection, Instant now) throws SQLException {
        return Sql.update(connection, "DELETE FROM consent_request WHERE expires_at <= ?", now);
    }

    /** How many questions are open in a session. */
    public int openIn(Connection connection, String sessionId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) FROM consent_request WHERE session_id = ?",
                        row -> row.getInt(1),
                        sessionId)
                .orElse(0);
    }
}
