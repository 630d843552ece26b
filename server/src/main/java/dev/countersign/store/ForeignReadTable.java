package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What clients read lately, for as long as it counts. */
public final class ForeignReadTable {
    /**
     * Reads of one client that were written down together.
     *
     * @param found sealed under the person's key; empty when only private data was read
     */
    public record ReadRow(String id, String userId, String clientId, Instant at, Optional<byte[]> found) {}

    public void insert(Connection connection, ReadRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO risk_read (id, user_id, client_id, at, found) VALUES (?, ?, ?, ?, ?)",
                row.id,
                row.userId,
                row.clientId,
                row.at,
                row.found);
    }

    /** A person's rows since then, oldest first. */
    public List<ReadRow> of(Connection connection, String userId, Instant since) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM risk_read WHERE user_id = ? AND at > ? ORDER BY at, rowid",
                ForeignReadTable::row,
                userId,
                since);
    }

    public int deleteOlder(Connection connection, Instant than) throws SQLException {
        return Sql.update(connection, "DELETE FROM risk_read WHERE at <= ?", than);
    }

    private static ReadRow row(ResultSet row) throws SQLException {
        return new ReadRow(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("client_id"),
                Sql.instant(row, "at"),
                Optional.ofNullable(row.getBytes("found")));
    }
}
