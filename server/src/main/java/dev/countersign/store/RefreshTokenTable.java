package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refresh tokens, by digest. A rotated one names its successor and stays until it would have expired. */
public final class RefreshTokenTable {
    /** One token. */
    public record RefreshTokenRow(
            String digest, String grantId, Instant issuedAt, Instant expiresAt, Optional<Rotation> rotation) {}

    /**
     * That a token was used.
     *
     * @param successor the next token, sealed under a key that only the holder of this one can derive
     */
    public record Rotation(Instant at, String successorDigest, byte[] successor) {}

    public void insert(Connection connection, String digest, String grantId, Instant issuedAt, Instant expiresAt)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO refresh_token (digest, grant_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
                digest,
                grantId,
                issuedAt,
                expiresAt);
    }

    public Optional<RefreshTokenRow> byDigest(Connection connection, String digest) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM refresh_token WHERE digest = ?",
                row -> new RefreshTokenRow(
                        row.getString("digest"),
                        row.getString("grant_id"),
                        Sql.instant(row, "issued_at"),
                        Sql.instant(row, "expires_at"),
                        rotation(
                                Sql.optionalInstant(row, "rotated_at"),
                                row.getString("successor_digest"),
                                row.getBytes("successor"))),
                digest);
    }

    /** Marks a token as used; false when it was used before. */
    public boolean rotate(Connection connection, String digest, Rotation rotation) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE refresh_token SET rotated_at = ?, successor_digest = ?, successor = ?"
                                + " WHERE digest = ? AND rotated_at IS NULL",
                        rotation.at,
                        rotation.successorDigest,
                        rotation.successor,
                        digest)
                == 1;
    }

    public int deleteExpired(Connection connection, Instant now) throws SQLException {
        return Sql.update(connection, "DELETE FROM refresh_token WHERE expires_at <= ?", now);
    }

    private static Optional<Rotation> rotation(
            Optional<Instant> at, @Nullable String successorDigest, byte @Nullable [] successor) {
        return at.isPresent() && successorDigest != null && successor != null
                ? Optional.of(new Rotation(at.get(), successorDigest, successor))
                : Optional.empty();
    }
}
