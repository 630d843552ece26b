package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Frozen calls. Every change of state is one statement that names the state it leaves. */
public final class ApprovalTable {
    /**
     * A row.
     *
     * @param state name of the state
     * @param snapshot sealed; empty once erased
     * @param outcome sealed; empty before the end and once erased
     */
    public record Row(
            String id,
            String userId,
            String clientId,
            String clientName,
            String grantId,
            String tool,
            String toolTitle,
            String tier,
            String digest,
            String state,
            Optional<byte[]> snapshot,
            Optional<byte[]> outcome,
            Instant askedAt,
            Instant expiresAt,
            Optional<Instant> decidedAt,
            Optional<Instant> endedAt,
            Optional<Instant> deliveredAt,
            int attempt) {}

    /** How a decision was taken. */
    public record DecisionNote(
            String by, Optional<String> session, Optional<String> userAgent, Optional<Instant> authenticatedAt) {}

    /** How many questions wait for a person, and how many of them are of the grant that was asked about. */
    public record Waiting(int all, int own) {}

    /** Adds a row, perhaps claimed already, unless its live key is taken. */
    public boolean insert(
            Connection connection,
            Row row,
            String liveKey,
            Optional<DecisionNote> decision,
            Optional<ClaimTable.Claim> claim)
            throws SQLException {
        return Sql.update(
                        connection,
                        """
                        INSERT INTO approval (id, user_id, client_id, client_name, grant_id, tool, tool_title, tier, digest,
                          live_key, state, snapshot, asked_at, expires_at, decided_at, decided_by,
                          attempt, node, process, lease_until)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (live_key) DO NOTHING\
                        """,
                        row.id,
                        row.userId,
                        row.clientId,
                        row.clientName,
                        row.grantId,
                        row.tool,
                        row.toolTitle,
                        row.tier,
                        row.digest,
                        liveKey,
                        row.state,
                        row.snapshot,
                        row.askedAt,
                        row.expiresAt,
                        row.decidedAt,
                        decision.map(DecisionNote::by),
                        row.attempt,
                        claim.map(ClaimTable.Claim::node),
                        claim.map(ClaimTable.Claim::process),
                        claim.map(ClaimTable.Claim::leaseUntil))
                == 1;
    }

    public Optional<Row> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM approval WHERE id = ?", ApprovalTable::row, id);
    }

    public Optional<Row> find(Connection connection, String userId, String id) throws SQLException {
        return Sql.first(
                connection, "SELECT * FROM approval WHERE id = ? AND user_id = ?", ApprovalTable::row, id, userId);
    }

    public Optional<Row> live(Connection connection, String liveKey) throws SQLException {
        // nearly always there is none, and that costs less to learn with one column
        var id = Sql.first(
                connection, "SELECT id FROM approval WHERE live_key = ?", row -> row.getString("id"), liveKey);
        return id.isPresent() ? find(connection, id.get()) : Optional.empty();
    }

    public void release(Connection connection, String id) throws SQLException {
        Sql.update(connection, "UPDATE approval SET live_key = NULL WHERE id = ?", id);
    }

    /** Those that wait for the person, oldest first. */
    public List<Row> waiting(Connection connection, String userId, Instant now) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM approval WHERE user_id = ? AND state = 'PENDING' AND expires_at > ? ORDER BY asked_at,"
                        + " id",
                ApprovalTable::row,
                userId,
                now);
    }

    /** How many calls wait for a person, and how many of these were made under one grant. */
    public Waiting countWaiting(Connection connection, String userId, String grantId, Instant now) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT count(*) AS n, count(CASE WHEN grant_id = ? THEN 1 END) AS own FROM approval"
                                + " WHERE user_id = ? AND state = 'PENDING' AND expires_at > ?",
                        row -> new Waiting(row.getInt("n"), row.getInt("own")),
                        grantId,
                        userId,
                        now)
                .orElseThrow();
    }

    /** How many questions of one client this person declined since then. */
    public int countDeclined(Connection connection, String userId, String clientId, Instant since) throws SQLException {
        return count(
                connection,
                "SELECT count(*) AS n FROM approval"
                        + " WHERE user_id = ? AND client_id = ? AND state = 'DENIED' AND decided_at > ?",
                userId,
                clientId,
                since);
    }

    /** The newest first. */
    public List<Row> recent(Connection connection, String userId, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM approval WHERE user_id = ? ORDER BY asked_at DESC, id DESC LIMIT ?",
                ApprovalTable::row,
                userId,
                limit);
    }

    /** {@code pending → approved}, by the owner, of what was shown, in time; by the client only in tier T1. */
    public boolean approve(
            Connection connection, String userId, String id, String digest, Instant now, DecisionNote decision)
            throws SQLException {
        return decide(connection, "APPROVED", Optional.empty(), userId, id, digest, now, decision);
    }

    /** {@code pending → denied}, by the owner, of what was shown, in time; by the client in every tier. */
    public boolean deny(
            Connection connection, String userId, String id, String digest, Instant now, DecisionNote decision)
            throws SQLException {
        return decide(connection, "DENIED", Optional.of(now), userId, id, digest, now, decision);
    }

    private static boolean decide(
            Connection connection,
            String state,
            Optional<Instant> endedAt,
            String userId,
            String id,
            String digest,
            Instant now,
            DecisionNote decision)
            throws SQLException {
        return Sql.update(
                        connection,
                        """
                        UPDATE approval SET state = ?, ended_at = ?, decided_at = ?, decided_by = ?,
                          evidence_session = ?, evidence_agent = ?, evidence_auth_at = ?
                        WHERE id = ? AND user_id = ? AND digest = ? AND state = 'PENDING' AND expires_at > ?
                          AND (? = 'PERSON' OR tier = 'T1' OR ? = 'DENIED')\
                        """,
                        state,
                        endedAt,
                        now,
                        decision.by,
                        decision.session,
                        decision.userAgent,
                        decision.authenticatedAt,
                        id,
                        userId,
                        digest,
                        now,
                        decision.by,
                        state)
                == 1;
    }

    /** Makes a waiting question stronger and adds to its words; what was shown before can no longer be answered. */
    public boolean raise(Connection connection, String id, String tier, String digest, byte[] snapshot)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval SET tier = ?, digest = ?, snapshot = ?"
                                + " WHERE id = ? AND state = 'PENDING' AND tier < ?",
                        tier,
                        digest,
                        snapshot,
                        id,
                        tier)
                == 1;
    }

    /** Those that waited for too long. */
    public List<Row> overdue(Connection connection, Instant now, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM approval WHERE state = 'PENDING' AND expires_at <= ? LIMIT ?",
                ApprovalTable::row,
                now,
                limit);
    }

    /** {@code pending → expired}, once its time is over. */
    public boolean expire(Connection connection, String id, Instant now) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval SET state = 'EXPIRED', ended_at = ?, live_key = NULL"
                                + " WHERE id = ? AND state = 'PENDING' AND expires_at <= ?",
                        now,
                        id,
                        now)
                == 1;
    }

    /** Those of a grant that have not begun to run. */
    public List<Row> notBegun(Connection connection, String grantId) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM approval WHERE grant_id = ? AND state IN ('PENDING', 'APPROVED')",
                ApprovalTable::row,
                grantId);
    }

    /** A person's calls that were asked or approved, and have not begun. */
    public List<Row> notBegunFor(Connection connection, String userId) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM approval WHERE user_id = ? AND state IN ('PENDING', 'APPROVED')",
                ApprovalTable::row,
                userId);
    }

    /** {@code pending | approved → superseded}. */
    public boolean supersede(Connection connection, String id, Instant now, byte[] outcome) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval SET state = 'SUPERSEDED', ended_at = ?, live_key = NULL, outcome = ?"
                                + " WHERE id = ? AND state IN ('PENDING', 'APPROVED')",
                        now,
                        outcome,
                        id)
                == 1;
    }

    /** Notes that clients got these outcomes; the first time counts. Ids are without what JSON would escape. */
    public void delivered(Connection connection, Collection<String> ids, Instant now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE approval SET delivered_at = ? WHERE id IN (SELECT value FROM json_each(?))"
                        + " AND ended_at IS NOT NULL AND delivered_at IS NULL",
                now,
                "[\"" + String.join("\",\"", ids) + "\"]");
    }

    /** Erases arguments, words and results of what ended before then; gives how many rows. */
    public int erase(Connection connection, Instant before) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE approval SET snapshot = NULL, outcome = NULL, live_key = NULL WHERE snapshot IS NOT NULL AND"
                        + " asked_at <= ? AND ended_at IS NOT NULL AND coalesce(decided_at, ended_at) <= ?",
                before,
                before);
    }

    private static int count(Connection connection, String sql, Object... parameters) throws SQLException {
        return Sql.first(connection, sql, row -> row.getInt("n"), parameters).orElse(0);
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("client_id"),
                row.getString("client_name"),
                row.getString("grant_id"),
                row.getString("tool"),
                row.getString("tool_title"),
                row.getString("tier"),
                row.getString("digest"),
                row.getString("state"),
                Optional.ofNullable(row.getBytes("snapshot")),
                Optional.ofNullable(row.getBytes("outcome")),
                Sql.instant(row, "asked_at"),
                Sql.instant(row, "expires_at"),
                Sql.optionalInstant(row, "decided_at"),
                Sql.optionalInstant(row, "ended_at"),
                Sql.optionalInstant(row, "delivered_at"),
                row.getInt("attempt"));
    }
}
