package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The refresh tokens of each grant: the valid one and the one before it, by digest. */
public final class RefreshLineageTable {
    /**
     * The tokens of one grant.
     *
     * @param digest of the valid one
     * @param generation how many came before the valid one
     * @param last how it came to be; empty for the first
     */
    public record Lineage(String grantId, String digest, int generation, Optional<Rotation> last) {
        /** Whether this is the digest of the valid token or of the one before it. */
        public boolean has(String other) {
            return digest.equals(other)
                    || last.filter(used -> used.digest.equals(other)).isPresent();
        }
    }

    /**
     * That a token was used.
     *
     * @param digest of the used one
     * @param successor the next token, sealed under a key that only the holder of the used one can derive
     */
    public record Rotation(String digest, Instant at, byte[] successor) {}

    /** The first token of a grant. */
    public void insert(Connection connection, String grantId, String digest) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO refresh_lineage (grant_id, digest, generation) VALUES (?, ?, 0)",
                grantId,
                digest);
    }

    public Optional<Lineage> of(Connection connection, String grantId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT digest, generation, previous_digest, rotated_at, successor FROM refresh_lineage WHERE grant_id"
                        + " = ?",
                row -> new Lineage(grantId, row.getString("digest"), row.getInt("generation"), rotation(row)),
                grantId);
    }

    /** The lineage of a token from before tokens named their grant, used or not. */
    public Optional<Lineage> ofNameless(Connection connection, String digest) throws SQLException {
        var grantId = Sql.first(
                connection,
                "SELECT grant_id FROM nameless_refresh_token WHERE digest = ?",
                row -> row.getString("grant_id"),
                digest);
        return grantId.isPresent() ? of(connection, grantId.get()) : Optional.empty();
    }

    /** Deletes tokens that nobody is given anything for any more. */
    public void deleteEnded(Connection connection, Instant now) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM refresh_lineage WHERE NOT EXISTS (SELECT 1 FROM oauth_grant WHERE id = grant_id"
                        + " AND revoked_at IS NULL AND expires_at > ?)",
                now);
        Sql.update(connection, "DELETE FROM nameless_refresh_token WHERE expires_at <= ?", now);
    }

    /** Puts the next token in the place of the valid one; false when that is not valid any more. */
    public boolean rotate(Connection connection, String grantId, Rotation used, String nextDigest) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE refresh_lineage SET digest = ?, generation = generation + 1, previous_digest = ?,"
                                + " rotated_at = ?, successor = ? WHERE grant_id = ? AND digest = ?",
                        nextDigest,
                        used.digest,
                        used.at,
                        used.successor,
                        grantId,
                        used.digest)
                == 1;
    }

    private static Optional<Rotation> rotation(ResultSet row) throws SQLException {
        @Nullable String digest = row.getString("previous_digest");
        byte @Nullable [] successor = row.getBytes("successor");
        return digest != null && successor != null
                ? Optional.of(new Rotation(digest, Sql.instant(row, "rotated_at"), successor))
                : Optional.empty();
    }
}
