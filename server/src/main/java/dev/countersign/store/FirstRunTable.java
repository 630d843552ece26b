package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The one-time link that makes the first person: at most one row. */
public final class FirstRunTable {
    /** Stores the digest of a link's token in place of the one before. */
    public void put(Connection connection, String tokenDigest, Instant at) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO first_run (one, token_digest, created_at) VALUES (1, ?, ?)"
                        + " ON CONFLICT (one) DO UPDATE SET token_digest = excluded.token_digest,"
                        + " created_at = excluded.created_at",
                tokenDigest,
                at);
    }

    public Optional<String> digest(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT token_digest FROM first_run", row -> row.getString(1));
    }

    /** Uses the link up; false when it is another or used. */
    public boolean take(Connection connection, String tokenDigest) throws SQLException {
        return Sql.update(connection, "DELETE FROM first_run WHERE token_digest = ?", tokenDigest) == 1;
    }
}
