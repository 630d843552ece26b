package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people allowed clients. */
public final class GrantTable {
    /**
     * One grant.
     *
     * @param redirect the redirect URI, without the port when it is loopback
     * @param scopes separated by spaces
     */
    public record GrantRow(
            String id,
            String userId,
            String clientId,
            String clientName,
            String clientHost,
            String redirect,
            String scopes,
            Instant authenticatedAt,
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt) {}

    public void insert(Connection connection, GrantRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO oauth_grant (id, user_id, client_id, client_name, client_host, redirect, scopes,"
                        + " authenticated_at, created_at, last_used_at, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.userId,
                row.clientId,
                row.clientName,
                row.clientHost,
                row.redirect,
                row.scopes,
                row.authenticatedAt,
                row.createdAt,
                row.lastUsedAt,
                row.expiresAt);
    }

    /** All that are not revoked and not expired. */
    public List<GrantRow> live(Connection connection, Instant now) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM oauth_grant WHERE revoked_at IS NULL AND expires_at > ?",
                GrantTable::row,
                now);
    }

    public Optional<GrantRow> live(Connection connection, String id, Instant now) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM oauth_grant WHERE id = ? AND revoked_at IS NULL AND expires_at > ?",
                GrantTable::row,
                id,
                now);
    }

    /** Live ones of a person, the newest first. */
    public List<GrantRow> liveOf(Connection connection, String userId, Instant now) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM oauth_grant WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ?"
                        + " ORDER BY created_at DESC, id",
                GrantTable::row,
                userId,
                now);
    }

    /** Whether this person ever had a grant for this client. */
    public boolean ever(Connection connection, String userId, String clientId) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM oauth_grant WHERE user_id = ? AND client_id = ? LIMIT 1",
                        row -> row.getInt(1),
                        userId,
                        clientId)
                .isPresent();
    }

    /** Whether anybody has a live grant for this client under this redirect URI. */
    public boolean trusted(Connection connection, String clientId, String redirect, Instant now) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM oauth_grant WHERE client_id = ? AND redirect = ? AND revoked_at IS NULL"
                                + " AND expires_at > ? LIMIT 1",
                        row -> row.getInt(1),
                        clientId,
                        redirect,
                        now)
                .isPresent();
    }

    public void used(Connection connection, String id, Instant at, Instant expiresAt) throws SQLException {
        Sql.update(
                connection,
                "UPDATE oauth_grant SET last_used_at = ?, expires_at = ? WHERE id = ? AND revoked_at IS NULL",
                at,
                expiresAt,
                id);
    }

    /** Ends a grant; false when it has ended already. */
    public boolean revoke(Connection connection, String id, Instant at, String reason) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE oauth_grant SET revoked_at = ?, revoked_because = ? WHERE id = ? AND revoked_at IS"
                                + " NULL",
                        at,
                        reason,
                        id)
                == 1;
    }

    private static GrantRow row(ResultSet row) throws SQLException {
        return new GrantRow(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("client_id"),
                row.getString("client_name"),
                row.getString("client_host"),
                row.getString("redirect"),
                row.getString("scopes"),
                Sql.instant(row, "authenticated_at"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "last_used_at"),
                Sql.instant(row, "expires_at"));
    }
}
