package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Wrapped data keys, one current key a person. */
public final class UserKeyTable {
    /**
     * One wrapped key.
     *
     * @param kekId the key of the key file that wraps it
     */
    public record UserKey(String userId, int dekVersion, String kekId, byte[] wrapped, Instant createdAt) {}

    /** The newest key of a person: what new values are sealed with. */
    public Optional<UserKey> current(Connection connection, String userId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM user_key WHERE user_id = ? ORDER BY dek_version DESC LIMIT 1",
                UserKeyTable::row,
                userId);
    }

    public Optional<UserKey> find(Connection connection, String userId, int dekVersion) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM user_key WHERE user_id = ? AND dek_version = ?",
                UserKeyTable::row,
                userId,
                dekVersion);
    }

    /** Adds a key unless there is one of that version already. */
    public void addIfAbsent(Connection connection, UserKey key) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO user_key (user_id, dek_version, kek_id, wrapped, created_at) VALUES (?, ?, ?,"
                        + " ?, ?)",
                key.userId,
                key.dekVersion,
                key.kekId,
                key.wrapped,
                key.createdAt);
    }

    public void delete(Connection connection, String userId) throws SQLException {
        Sql.update(connection, "DELETE FROM user_key WHERE user_id = ?", userId);
    }

    /** The ids of all keys that wrap something. */
    public List<String> kekIds(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT DISTINCT kek_id FROM user_key", row -> row.getString("kek_id"));
    }

    private static UserKey row(ResultSet row) throws SQLException {
        return new UserKey(
                row.getString("user_id"),
                row.getInt("dek_version"),
                row.getString("kek_id"),
                row.getBytes("wrapped"),
                Sql.instant(row, "created_at"));
    }
}
