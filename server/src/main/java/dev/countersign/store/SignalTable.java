package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was noticed about people's calls. */
public final class SignalTable {
    /**
     * One signal.
     *
     * @param words sealed under the person's key
     */
    public record SignalRow(
            String id,
            Instant at,
            String userId,
            String code,
            byte[] words,
            double figure,
            String response,
            Optional<String> clientId,
            Optional<String> grantId) {}

    public void insert(Connection connection, SignalRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO risk_signal (id, at, user_id, code, words, figure, response, client_id, grant_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.at,
                row.userId,
                row.code,
                row.words,
                row.figure,
                row.response,
                row.clientId,
                row.grantId);
    }

    /** A person's signals since then, newest first. */
    public List<SignalRow> of(Connection connection, String userId, Instant since, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM risk_signal WHERE user_id = ? AND at > ? ORDER BY at DESC, rowid DESC LIMIT ?",
                SignalTable::row,
                userId,
                since,
                limit);
    }

    public int deleteOlder(Connection connection, Instant than) throws SQLException {
        return Sql.update(connection, "DELETE FROM risk_signal WHERE at <= ?", than);
    }

    private static SignalRow row(ResultSet row) throws SQLException {
        return new SignalRow(
                row.getString("id"),
                Sql.instant(row, "at"),
                row.getString("user_id"),
                row.getString("code"),
                row.getBytes("words"),
                row.getDouble("figure"),
                row.getString("response"),
                Sql.optionalString(row, "client_id"),
                Sql.optionalString(row, "grant_id"));
    }
}
