package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whom people reached, by keyed hashes. */
public final class RecipientTable {
    /** @param domain sealed under the person's key */
    public record DomainRow(byte[] hash, byte[] domain) {}

    /** The sealed key of a person's hashes. */
    public Optional<byte[]> key(Connection connection, String userId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT hash_key FROM risk_person WHERE user_id = ?",
                row -> row.getBytes("hash_key"),
                userId);
    }

    public void putKey(Connection connection, String userId, byte[] sealed) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO risk_person (user_id, hash_key) VALUES (?, ?)"
                        + " ON CONFLICT (user_id) DO UPDATE SET hash_key = excluded.hash_key",
                userId,
                sealed);
    }

    /** Forgets all that was hashed for a person, for hashes of another key say nothing. */
    public void deleteAll(Connection connection, String userId) throws SQLException {
        Sql.update(connection, "DELETE FROM risk_recipient WHERE user_id = ?", userId);
        Sql.update(connection, "DELETE FROM risk_domain WHERE user_id = ?", userId);
    }

    public void add(Connection connection, String userId, byte[] hash, Instant at) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO risk_recipient (user_id, hash, first_at) VALUES (?, ?, ?)",
                userId,
                hash,
                at);
    }

    public void addDomain(Connection connection, String userId, DomainRow row, Instant at) throws SQLException {
        Sql.update(
                connection,
                "INSERT OR IGNORE INTO risk_domain (user_id, hash, domain, first_at) VALUES (?, ?, ?, ?)",
                userId,
                row.hash,
                row.domain,
                at);
    }

    /** The newest hashes of a person's recipients. */
    public List<byte[]> hashes(Connection connection, String userId, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT hash FROM risk_recipient WHERE user_id = ? ORDER BY first_at DESC LIMIT ?",
                row -> row.getBytes("hash"),
                userId,
                limit);
    }

    public List<DomainRow> domains(Connection connection, String userId, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT hash, domain FROM risk_domain WHERE user_id = ? ORDER BY first_at DESC LIMIT ?",
                row -> new DomainRow(row.getBytes("hash"), row.getBytes("domain")),
                userId,
                limit);
    }
}
