package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Clients that registered themselves. */
public final class RegisteredClientTable {
    /**
     * One client.
     *
     * @param redirectUris separated by spaces, which a URI cannot hold
     * @param secretDigest SHA-256
     */
    public record RegisteredClientRow(
            String id,
            String name,
            String redirectUris,
            String authentication,
            Optional<String> secretDigest,
            boolean refreshes,
            Instant createdAt) {}

    public void insert(Connection connection, RegisteredClientRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO registered_client"
                        + " (id, name, redirect_uris, authentication, secret_digest, refreshes, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.name,
                row.redirectUris,
                row.authentication,
                row.secretDigest,
                row.refreshes,
                row.createdAt);
    }

    public Optional<RegisteredClientRow> byId(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM registered_client WHERE id = ?", RegisteredClientTable::row, id);
    }

    /** Forgets those from before this instant that no live grant, open question or unused code names. */
    public int deleteUnused(Connection connection, Instant createdBefore, Instant now) throws SQLException {
        return Sql.update(
                connection,
                "DELETE FROM registered_client WHERE created_at < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM oauth_grant WHERE client_id = registered_client.id"
                        + " AND revoked_at IS NULL AND expires_at > ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM consent_request WHERE client_id = registered_client.id"
                        + " AND expires_at > ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM authorization_code WHERE client_id = registered_client.id"
                        + " AND redeemed_at IS NULL AND expires_at > ?)",
                createdBefore,
                now,
                now,
                now);
    }

    private static RegisteredClientRow row(ResultSet row) throws SQLException {
        return new RegisteredClientRow(
                row.getString("id"),
                row.getString("name"),
                row.getString("redirect_uris"),
                row.getString("authentication"),
                Sql.optionalString(row, "secret_digest"),
                row.getBoolean("refreshes"),
                Sql.instant(row, "created_at"));
    }
}
