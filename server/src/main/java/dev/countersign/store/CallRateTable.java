package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** How often people call: the running hour, and mean and variance of the hours before it. */
public final class CallRateTable {
    /** @param hour since 1970 */
    public record RateRow(
            String userId, String effect, long hour, int calls, int hours, double mean, double variance) {}

    /** Calls of one client in the running hour. */
    public record ClientCalls(String effect, String clientId, int calls) {}

    /** Writes a row and the calls by client that belong to it. */
    public void put(Connection connection, RateRow row, Map<String, Integer> byClient) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO risk_rate (user_id, effect, hour, calls, hours, mean, variance) VALUES (?, ?, ?, ?, ?, ?,"
                    + " ?) ON CONFLICT (user_id, effect) DO UPDATE SET hour = excluded.hour, calls = excluded.calls,"
                    + " hours = excluded.hours, mean = excluded.mean, variance = excluded.variance",
                row.userId,
                row.effect,
                row.hour,
                row.calls,
                row.hours,
                row.mean,
                row.variance);
        Sql.update(
                connection, "DELETE FROM risk_client_calls WHERE user_id = ? AND effect = ?", row.userId, row.effect);
        for (var client : byClient.entrySet()) {
            Sql.update(
                    connection,
                    "INSERT INTO risk_client_calls (user_id, effect, client_id, calls) VALUES (?, ?, ?, ?)",
                    row.userId,
                    row.effect,
                    client.getKey(),
                    client.getValue());
        }
    }

    public List<RateRow> of(Connection connection, String userId) throws SQLException {
        return Sql.list(connection, "SELECT * FROM risk_rate WHERE user_id = ?", CallRateTable::row, userId);
    }

    public List<ClientCalls> byClient(Connection connection, String userId) throws SQLException {
        return Sql.list(
                connection,
                "SELECT effect, client_id, calls FROM risk_client_calls WHERE user_id = ?",
                row -> new ClientCalls(row.getString("effect"), row.getString("client_id"), row.getInt("calls")),
                userId);
    }

    private static RateRow row(ResultSet row) throws SQLException {
        return new RateRow(
                row.getString("user_id"),
                row.getString("effect"),
                row.getLong("hour"),
                row.getInt("calls"),
                row.getInt("hours"),
                row.getDouble("mean"),
                row.getDouble("variance"));
    }
}
