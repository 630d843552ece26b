package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The rows of the audit chain, and its end. Rows are only ever added. */
public final class AuditTable {
    private static final int COLUMNS = 9;
    private static final int ROWS_TOGETHER = 16;
    private static final String INSERT_ONE = insertOf(1);
    private static final String INSERT_TOGETHER = insertOf(ROWS_TOGETHER);

    private static String insertOf(int rows) {
        return "INSERT INTO audit_event (sequence, at, type, user_id, client_id, subject, decision, detail, hash)"
                + " VALUES "
                + String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    }

    /**
     * One event as stored.
     *
     * @param detail canonical JSON, RFC 8785
     * @param hash in lower-case hex, over this row and the hash before it
     */
    public record AuditRow(
            long sequence,
            Instant at,
            String type,
            String userId,
            Optional<String> clientId,
            String subject,
            String decision,
            String detail,
            String hash) {}

    /** The last row's number and hash. */
    public record Head(long sequence, String hash) {}

    public Optional<Head> head(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                "SELECT sequence, hash FROM audit_head WHERE one = 1",
                row -> new Head(row.getLong("sequence"), row.getString("hash")));
    }

    /** Appends rows in their order, many with one statement. */
    public void append(Connection connection, List<AuditRow> rows) throws SQLException {
        int at = 0;
        for (; rows.size() - at >= ROWS_TOGETHER; at += ROWS_TOGETHER) {
            insert(connection, INSERT_TOGETHER, rows.subList(at, at + ROWS_TOGETHER));
        }
        for (; at < rows.size(); at++) {
            insert(connection, INSERT_ONE, rows.subList(at, at + 1));
        }
    }

    private static void insert(Connection connection, String sql, List<AuditRow> rows) throws SQLException {
        var values = new ArrayList<Object>(rows.size() * COLUMNS);
        for (var row : rows) {
            values.addAll(List.of(
                    row.sequence,
                    row.at,
                    row.type,
                    row.userId,
                    row.clientId,
                    row.subject,
                    row.decision,
                    row.detail,
                    row.hash));
        }
        Sql.update(connection, sql, values.toArray());
    }

    /** Says which row is the last now. */
    public void end(Connection connection, Head head) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO audit_head (one, sequence, hash) VALUES (1, ?, ?)"
                        + " ON CONFLICT (one) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
                head.sequence,
                head.hash);
    }

    /** Rows after a number, in order. */
    public List<AuditRow> after(Connection connection, long sequence, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM audit_event WHERE sequence > ? ORDER BY sequence LIMIT ?",
                AuditTable::row,
                sequence,
                limit);
    }

    /** A person's rows before a number, newest first. */
    public List<AuditRow> of(Connection connection, String userId, long before, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM audit_event WHERE user_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?",
                AuditTable::row,
                userId,
                before,
                limit);
    }

    private static AuditRow row(ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong("sequence"),
                Sql.instant(row, "at"),
                row.getString("type"),
                row.getString("user_id"),
                Sql.optionalString(row, "client_id"),
                row.getString("subject"),
                row.getString("decision"),
                row.getString("detail"),
                row.getString("hash"));
    }
}
