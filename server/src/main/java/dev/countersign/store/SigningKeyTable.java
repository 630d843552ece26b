package dev.countersign.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Keys that sign access tokens. */
public final class SigningKeyTable {
    /**
     * One key.
     *
     * @param sealed the private JWK under the key ring
     * @param signsUntil when the next key takes over
     */
    public record SigningKeyRow(String kid, byte[] sealed, Instant createdAt, Instant signsUntil) {}

    public void insert(Connection connection, SigningKeyRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO signing_key (kid, sealed, created_at, signs_until) VALUES (?, ?, ?, ?)",
                row.kid,
                row.sealed,
                row.createdAt,
                row.signsUntil);
    }

    /** Those that sign after this instant or signed until then, the newest first. */
    public List<SigningKeyRow> signingAfter(Connection connection, Instant instant) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM signing_key WHERE signs_until > ? ORDER BY signs_until DESC, kid",
                row -> new SigningKeyRow(
                        row.getString("kid"),
                        row.getBytes("sealed"),
                        Sql.instant(row, "created_at"),
                        Sql.instant(row, "signs_until")),
                instant);
    }

    public int deleteSigningUntil(Connection connection, Instant instant) throws SQLException {
        return Sql.update(connection, "DELETE FROM signing_key WHERE signs_until <= ?", instant);
    }
}
