package dev.countersign.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts that people linked, with their sealed tokens. A change of tokens is a compare-and-set on the version. */
public final class ConnectionTable {
    /**
     * Tokens as they are stored, all sealed for the row's version.
     *
     * @param dueAt when the access token is renewed although it is still good
     * @param expiresAt absent when the provider did not say
     */
    public record TokenColumns(
            byte[] access,
            Optional<byte[]> refresh,
            Optional<byte[]> previous,
            Optional<byte[]> candidate,
            Optional<Instant> dueAt,
            Optional<Instant> expiresAt) {}

    /**
     * Who the account is, as it is stored.
     *
     * @param sealed subject, label and address, sealed for {@code version}
     */
    public record ProfileColumns(String subjectDigest, String labelDigest, byte[] sealed, long version) {}

    /**
     * One linked account.
     *
     * @param scopes our scopes, separated by spaces
     * @param providerScopes the provider's, separated by spaces
     * @param frozen why it was stopped
     * @param trouble why it must be linked again
     * @param intentAt when a refresh was begun whose end is not known
     * @param refusedAt when the provider first refused the refresh token
     */
    public record ConnectionRow(
            String id,
            String userId,
            String connector,
            ProfileColumns profile,
            String scopes,
            String providerScopes,
            Optional<String> frozen,
            Optional<String> trouble,
            Instant linkedAt,
            Optional<Instant> usedAt,
            TokenColumns tokens,
            long version,
            Optional<Instant> leaseUntil,
            Optional<Instant> intentAt,
            Optional<Instant> refusedAt) {}

    /** Fails when the person has this account or this label already. */
    public void insert(Connection connection, ConnectionRow row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO connection (id, user_id, connector, subject_digest, label_digest, profile,"
                    + " profile_version, scopes, provider_scopes, linked_at, access_token, refresh_token,"
                    + " token_due_at, token_expires_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id,
                row.userId,
                row.connector,
                row.profile.subjectDigest,
                row.profile.labelDigest,
                row.profile.sealed,
                row.profile.version,
                row.scopes,
                row.providerScopes,
                row.linkedAt,
                row.tokens.access,
                row.tokens.refresh,
                row.tokens.dueAt,
                row.tokens.expiresAt,
                row.version);
    }

    /** Whether the person has an account of this label, other than {@code id}. */
    public boolean hasLabel(Connection connection, String userId, String labelDigest, String id) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT 1 FROM connection WHERE user_id = ? AND label_digest = ? AND id <> ?",
                        row -> true,
                        userId,
                        labelDigest,
                        id)
                .orElse(false);
    }

    public Optional<ConnectionRow> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT * FROM connection WHERE id = ?", ConnectionTable::row, id);
    }

    public Optional<ConnectionRow> bySubject(
            Connection connection, String userId, String connector, String subjectDigest) throws SQLException {
        return Sql.first(
                connection,
                "SELECT * FROM connection WHERE user_id = ? AND connector = ? AND subject_digest = ?",
                ConnectionTable::row,
                userId,
                connector,
                subjectDigest);
    }

    /** Oldest first. */
    public List<ConnectionRow> of(Connection connection, String userId) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM connection WHERE user_id = ? ORDER BY linked_at, id",
                ConnectionTable::row,
                userId);
    }

    /** Linked again: new tokens under the next version; whatever stood in their way is forgotten. */
    public boolean relink(Connection connection, ConnectionRow row) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE connection SET label_digest = ?, profile = ?, profile_version = ?, scopes = ?,"
                                + " provider_scopes = ?, trouble = NULL, access_token = ?, refresh_token = ?,"
                                + " previous_token = NULL, candidate_token = NULL, token_due_at = ?,"
                                + " token_expires_at = ?, version = ?, lease_owner = NULL, lease_until = NULL,"
                                + " intent_at = NULL, refused_at = NULL WHERE id = ? AND version = ?"
                                + " AND profile_version = ?",
                        row.profile.labelDigest,
                        row.profile.sealed,
                        row.profile.version,
                        row.scopes,
                        row.providerScopes,
                        row.tokens.access,
                        row.tokens.refresh,
                        row.tokens.dueAt,
                        row.tokens.expiresAt,
                        row.version,
                        row.id,
                        row.version - 1,
                        row.profile.version - 1)
                == 1;
    }

    /** Writes the profile for the version after {@code row}'s. */
    public boolean rename(Connection connection, String id, ProfileColumns profile) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE connection SET label_digest = ?, profile = ?, profile_version = ? WHERE id = ?"
                                + " AND profile_version = ?",
                        profile.labelDigest,
                        profile.sealed,
                        profile.version,
                        id,
                        profile.version - 1)
                == 1;
    }

    /** Takes the right to refresh and notes that it begins; false when another has it or the version has advanced. */
    public boolean lease(Connection connection, String id, long version, String owner, Instant now, Instant until)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE connection SET lease_owner = ?, lease_until = ?, intent_at = ? WHERE id = ?"
                                + " AND version = ? AND (lease_until IS NULL OR lease_until <= ?)",
                        owner,
                        until,
                        now,
                        id,
                        version,
                        now)
                == 1;
    }

    /** Gives back every lease of a node whose process has ended; whether it used the refresh tokens is uncertain. */
    public void releaseAll(Connection connection, String owner) throws SQLException {
        Sql.update(
                connection,
                "UPDATE connection SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ?",
                owner);
    }

    /** Gives the lease back; the intent stays while it is uncertain whether the refresh token was used. */
    public void release(Connection connection, String id, String owner, boolean uncertain) throws SQLException {
        Sql.update(
                connection,
                "UPDATE connection SET lease_owner = NULL, lease_until = NULL,"
                        + " intent_at = CASE WHEN ? THEN intent_at ELSE NULL END WHERE id = ? AND lease_owner = ?",
                uncertain,
                id,
                owner);
    }

    /** Writes refreshed tokens, sealed for {@code version}, when the version before it still stands. */
    public boolean commit(
            Connection connection, String id, long version, TokenColumns tokens, String scopes, String providerScopes)
            throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE connection SET access_token = ?, refresh_token = ?, previous_token = ?,"
                                + " candidate_token = ?, token_due_at = ?, token_expires_at = ?, scopes = ?,"
                                + " provider_scopes = ?, version = ?, lease_owner = NULL, lease_until = NULL,"
                                + " intent_at = NULL, refused_at = NULL, trouble = NULL WHERE id = ? AND version = ?",
                        tokens.access,
                        tokens.refresh,
                        tokens.previous,
                        tokens.candidate,
                        tokens.dueAt,
                        tokens.expiresAt,
                        scopes,
                        providerScopes,
                        version,
                        id,
                        version - 1)
                == 1;
    }

    /** Keeps a refresh token that came when another had won, sealed for the version that stands. */
    public boolean keepCandidate(Connection connection, String id, long version, byte[] sealed) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE connection SET candidate_token = ? WHERE id = ? AND version = ?",
                        sealed,
                        id,
                        version)
                == 1;
    }

    /** Notes the first refusal of the refresh token of this version. */
    public void refused(Connection connection, String id, long version, Instant now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE connection SET refused_at = coalesce(refused_at, ?), intent_at = NULL WHERE id = ?"
                        + " AND version = ?",
                now,
                id,
                version);
    }

    /** Says that it must be linked again, unless its tokens were renewed meanwhile. */
    public boolean needsConsent(Connection connection, String id, long version, String trouble) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE connection SET trouble = ? WHERE id = ? AND version = ? AND trouble IS NULL",
                        trouble,
                        id,
                        version)
                == 1;
    }

    /** Those whose refresh token was refused once, not later than this, and that nothing was decided about. */
    public List<ConnectionRow> refusedBefore(Connection connection, Instant before) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM connection WHERE refused_at <= ? AND trouble IS NULL",
                ConnectionTable::row,
                before);
    }

    /** Stops all of a person's accounts that are not stopped; gives how many it stopped. */
    public int freeze(Connection connection, String userId, String reason) throws SQLException {
        return Sql.update(
                connection, "UPDATE connection SET frozen = ? WHERE user_id = ? AND frozen IS NULL", reason, userId);
    }

    public int unfreeze(Connection connection, String userId) throws SQLException {
        return Sql.update(
                connection, "UPDATE connection SET frozen = NULL WHERE user_id = ? AND frozen IS NOT NULL", userId);
    }

    public void used(Connection connection, String id, Instant now) throws SQLException {
        Sql.update(connection, "UPDATE connection SET used_at = ? WHERE id = ?", now, id);
    }

    public boolean delete(Connection connection, String id, String userId) throws SQLException {
        return Sql.update(connection, "DELETE FROM connection WHERE id = ? AND user_id = ?", id, userId) == 1;
    }

    private static ConnectionRow row(ResultSet row) throws SQLException {
        return new ConnectionRow(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("connector"),
                new ProfileColumns(
                        row.getString("subject_digest"),
                        row.getString("label_digest"),
                        row.getBytes("profile"),
                        row.getLong("profile_version")),
                row.getString("scopes"),
                row.getString("provider_scopes"),
                Sql.optionalString(row, "frozen"),
                Sql.optionalString(row, "trouble"),
                Sql.instant(row, "linked_at"),
                Sql.optionalInstant(row, "used_at"),
                new TokenColumns(
                        row.getBytes("access_token"),
                        Optional.ofNullable(row.getBytes("refresh_token")),
                        Optional.ofNullable(row.getBytes("previous_token")),
                        Optional.ofNullable(row.getBytes("candidate_token")),
                        Sql.optionalInstant(row, "token_due_at"),
                        Sql.optionalInstant(row, "token_expires_at")),
                row.getLong("version"),
                Sql.optionalInstant(row, "lease_until"),
                Sql.optionalInstant(row, "intent_at"),
                Sql.optionalInstant(row, "refused_at"));
    }
}
