package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Failed sign-ins, counted by account and by network address. */
public final class SignInThrottleTable {
    /** Failures so far, and until when further attempts are refused. */
    public record ThrottleRow(int failures, Instant refusedUntil, Instant lastAt) {}

    public Optional<ThrottleRow> of(Connection connection, String subject) throws SQLException {
        return Sql.first(
                connection,
                "SELECT failures, refused_until, last_at FROM sign_in_throttle WHERE subject = ?",
                row -> new ThrottleRow(
                        row.getInt("failures"), Sql.instant(row, "refused_until"), Sql.instant(row, "last_at")),
                subject);
    }

    public void put(Connection connection, String subject, ThrottleRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO sign_in_throttle (subject, failures, refused_until, last_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures,"
                        + " refused_until = excluded.refused_until, last_at = excluded.last_at",
                subject,
                row.failures,
                row.refusedUntil,
                row.lastAt);
    }

    public void delete(Connection connection, String subject) throws SQLException {
        Sql.update(connection, "DELETE FROM sign_in_throttle WHERE subject = ?", subject);
    }

    public int deleteOlder(Connection connection, Instant than) throws SQLException {
        return Sql.update(connection, "DELETE FROM sign_in_throttle WHERE last_at < ?", than);
    }
}
