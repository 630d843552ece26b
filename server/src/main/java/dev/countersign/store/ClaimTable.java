package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Who works on the rows of {@link ApprovalTable}. Every change of a claim is one statement that names the claim it leaves. */
public final class ClaimTable {
    /** The process that works on a row, and until when the others leave it alone. */
    public record Claim(String node, String process, Instant leaseUntil) {}

    /** Approved ones that nobody has claimed since then: everybody's oldest first, so that none has the turn of all. */
    public List<ApprovalTable.Row> approvedBefore(Connection connection, Instant then, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM (SELECT a.*, row_number() OVER (PARTITION BY user_id ORDER BY decided_at, id) AS turn"
                        + " FROM approval a WHERE state = 'APPROVED' AND decided_at <= ?) AS waiting"
                        + " ORDER BY turn, decided_at LIMIT ?",
                ApprovalTable::row,
                then,
                limit);
    }

    /** Claimed ones whose lease is over, or that an earlier process of a restarted node had claimed. */
    public List<ApprovalTable.Row> abandoned(Connection connection, Instant now, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM approval a WHERE state = 'CLAIMED' AND (lease_until <= ? OR EXISTS"
                        + " (SELECT 1 FROM approval_node n WHERE n.node = a.node AND n.process <> a.process)) LIMIT ?",
                ApprovalTable::row,
                now,
                limit);
    }

    /** {@code approved → claimed}: the first attempt. */
    public boolean claim(Connection connection, String id, Claim claim) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval SET state = 'CLAIMED', node = ?, process = ?, lease_until = ?, attempt = 1"
                                + " WHERE id = ? AND state = 'APPROVED'",
                        claim.node,
                        claim.process,
                        claim.leaseUntil,
                        id)
                == 1;
    }

    /** {@code claimed → claimed} by another process, once {@link #abandoned}: the next attempt. */
    public boolean reclaim(Connection connection, String id, int lastAttempt, Instant now, Claim claim)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval AS a SET node = ?, process = ?, lease_until = ?, attempt = attempt + 1"
                                + " WHERE id = ? AND state = 'CLAIMED' AND attempt = ? AND (lease_until <= ? OR EXISTS"
                                + " (SELECT 1 FROM approval_node n WHERE n.node = a.node AND n.process <> a.process))",
                        claim.node,
                        claim.process,
                        claim.leaseUntil,
                        id,
                        lastAttempt,
                        now)
                == 1;
    }

    /** Lengthens the lease of a run that goes on. */
    public boolean renew(Connection connection, String id, int attempt, Claim claim) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval SET lease_until = ?"
                                + " WHERE id = ? AND state = 'CLAIMED' AND attempt = ? AND process = ?",
                        claim.leaseUntil,
                        id,
                        attempt,
                        claim.process)
                == 1;
    }

    /**
     * {@code claimed → executed | failed | unknown | superseded}, by the process that holds it.
     *
     * @param stillLive whether the identical call goes on to get this row
     */
    public boolean end(
            Connection connection,
            String id,
            int attempt,
            String process,
            String state,
            byte[] outcome,
            boolean stillLive,
            Instant now)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE approval SET state = ?, outcome = ?, ended_at = ?"
                                + (stillLive ? "" : ", live_key = NULL")
                                + " WHERE id = ? AND state = 'CLAIMED' AND attempt = ? AND process = ?",
                        state,
                        outcome,
                        now,
                        id,
                        attempt,
                        process)
                == 1;
    }

    /** Says which process runs as this node from now on. */
    public void nodeStarted(Connection connection, String node, String process, Instant now) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO approval_node (node, process, started_at) VALUES (?, ?, ?) ON CONFLICT (node) DO UPDATE"
                        + " SET process = excluded.process, started_at = excluded.started_at",
                node,
                process,
                now);
    }
}
