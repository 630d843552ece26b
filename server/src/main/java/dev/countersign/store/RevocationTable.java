package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Tokens of disconnected accounts that the provider has not yet confirmed to have ended. */
public final class RevocationTable {
    /**
     * One token.
     *
     * @param token sealed
     * @param giveUpAt from then on it is forgotten
     */
    public record RevocationRow(
            String id, String userId, String connector, byte[] token, int attempts, Instant nextAt, Instant giveUpAt) {}

    public void insert(Connection connection, RevocationRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO revocation (id, user_id, connector, token, attempts, next_at, give_up_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.userId,
                row.connector,
                row.token,
                row.attempts,
                row.nextAt,
                row.giveUpAt);
    }

    /** Those whose next attempt is due, the longest due first. */
    public List<RevocationRow> due(Connection connection, Instant now, int most) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM revocation WHERE next_at <= ? ORDER BY next_at LIMIT ?",
                row -> new RevocationRow(
                        row.getString("id"),
                        row.getString("user_id"),
                        row.getString("connector"),
                        row.getBytes("token"),
                        row.getInt("attempts"),
                        Sql.instant(row, "next_at"),
                        Sql.instant(row, "give_up_at")),
                now,
                most);
    }

    public void again(Connection connection, String id, int attempts, Instant nextAt) throws SQLException {
        Sql.update(connection, "UPDATE revocation SET attempts = ?, next_at = ? WHERE id = ?", attempts, nextAt, id);
    }

    public void delete(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM revocation WHERE id = ?", id);
    }
}
