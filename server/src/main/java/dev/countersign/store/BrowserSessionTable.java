package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** People's sessions in browsers. */
public final class BrowserSessionTable {
    /**
     * One session.
     *
     * @param tokenDigest SHA-256 of the cookie's token
     * @param expiresAt the end that use does not move
     */
    public record BrowserSessionRow(
            String id,
            String tokenDigest,
            String userId,
            Instant signedInAt,
            Instant lastSeenAt,
            Instant expiresAt,
            String address,
            String userAgent) {}

    public void insert(Connection connection, BrowserSessionRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO browser_session"
                        + " (id, token_digest, user_id, signed_in_at, last_seen_at, expires_at, address, user_agent)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.tokenDigest,
                row.userId,
                row.signedInAt,
                row.lastSeenAt,
                row.expiresAt,
                row.address,
                row.userAgent);
    }

    public Optional<BrowserSessionRow> byTokenDigest(Connection connection, String tokenDigest) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM browser_session WHERE token_digest = ?",
                BrowserSessionTable::row,
                tokenDigest);
    }

    /** The newest first. */
    public List<BrowserSessionRow> ofUser(Connection connection, String userId) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM browser_session WHERE user_id = ? ORDER BY signed_in_at DESC",
                BrowserSessionTable::row,
                userId);
    }

    public void seen(Connection connection, String id, Instant at) throws SQLException {
        Sql.update(connection, "UPDATE browser_session SET last_seen_at = ? WHERE id = ?", at, id);
    }

    /** Ends a session of this person; false when there is none of that id. */
    public boolean delete(Connection connection, String userId, String id) throws SQLException {
        return Sql.update(connection, "DELETE FROM browser_session WHERE user_id = ? AND id = ?", userId, id) == 1;
    }

    public int deleteAllOf(Connection connection, String userId) throws SQLException {
        return Sql.update(connection, "DELETE FROM browser_session WHERE user_id = ?", userId);
    }

    public int deleteEnded(Connection connection, Instant lastSeenBefore, Instant now) throws SQLException {
        return Sql.update(
                connection,
                "DELETE FROM browser_session WHERE last_seen_at <= ? OR expires_at <= ?",
                lastSeenBefore,
                now);
    }

    private static BrowserSessionRow row(ResultSet row) throws SQLException {
        return new BrowserSessionRow(
                row.getString("id"),
                row.getString("token_digest"),
                row.getString("user_id"),
                Sql.instant(row, "signed_in_at"),
                Sql.instant(row, "last_seen_at"),
                Sql.instant(row, "expires_at"),
                row.getString("address"),
                row.getString("user_agent"));
    }
}
