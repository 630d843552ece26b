package dev.countersign.connector.sandbox;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What people allowed, and the codes and tokens that carry it. A consent is the family of all tokens that came of it:
 * revoking it ends them all. Codes and tokens are kept as SHA-256.
 */
final class Grants {
    /** OAuth 2.1 asks for a short lifetime; a browser needs only the way back. */
    static final Duration CODE_LIFETIME = Duration.ofSeconds(60);

    private final Store store;
    private final Clock clock;
    private final Duration accessTokenLifetime;

    /** What a person allowed a client. */
    record Consent(String id, String client, String person, Set<Scope> scopes, boolean revoked) {
        static Consent of(ResultSet row) throws SQLException {
            return new Consent(
                    row.getString("id"),
                    row.getString("client"),
                    row.getString("person"),
                    Scope.parse(row.getString("scopes")),
                    row.getObject("revoked_at") != null);
        }
    }

    /** A token answer, RFC 6749 section 5.1. */
    record Issued(String accessToken, String refreshToken, Duration lifetime, Set<Scope> scopes) {}

    /** Who an access token speaks for. */
    record Bearer(String person, String client, Set<Scope> scopes) {}

    Grants(Store store, Clock clock, Duration accessTokenLifetime) {
        this.store = store;
        this.clock = clock;
        this.accessTokenLifetime = accessTokenLifetime;
    }

    /** What the person allowed this client before and has not taken back. */
    Set<Scope> granted(String client, String person) {
        var all = EnumSet.noneOf(Scope.class);
        store.read(db -> db.list(
                        "SELECT * FROM consent c WHERE client = ? AND person = ? AND revoked_at IS NULL AND EXISTS"
                                + " (SELECT 1 FROM refresh_token r WHERE r.consent = c.id AND r.used_at IS NULL)",
                        Consent::of,
                        client,
                        person))
                .forEach(consent -> all.addAll(consent.scopes()));
        return all;
    }

    /** Records the consent and makes the code that stands for it. */
    String consent(String client, String person, Set<Scope> scopes, URI redirect, String challenge) {
        var code = Secrets.random("sbx_ac_");
        store.write(db -> {
            var id = Secrets.id();
            db.run(
                    "INSERT INTO consent (id, client, person, scopes, created_at) VALUES (?, ?, ?, ?, ?)",
                    id,
                    client,
                    person,
                    Scope.join(scopes),
                    clock.instant());
            return db.run(
                    "INSERT INTO code (hash, consent, redirect_uri, challenge, expires_at) VALUES (?, ?, ?, ?, ?)",
                    Secrets.sha256(code),
                    id,
                    redirect,
                    challenge,
                    clock.instant().plus(CODE_LIFETIME));
        });
        return code;
    }

    /**
     * Exchanges a code once. Fails with invalid_grant when it is unknown, expired, another client's, or sent with another
     * redirect URI or verifier; a used one also ends its family. RFC 6749 section 4.1.3, RFC 7636 section 4.6.
     */
    Issued exchange(String client, String code, String redirect, String verifier, Optional<Set<Scope>> dropped) {
        var issued = store.write(db -> {
            var found = db.one(
                    "SELECT code.*, c.client FROM code JOIN consent c ON c.id = code.consent WHERE hash = ?",
                    row -> new Code(
                            row.getString("consent"),
                            row.getString("client"),
                            row.getString("redirect_uri"),
                            row.getString("challenge"),
                            Store.instant(row, "expires_at"),
                            row.getObject("used_at") != null),
                    Secrets.sha256(code));
            if (found.isEmpty() || !found.get().fits(client, redirect, verifier)) {
                return Optional.<Issued>empty();
            }
            if (found.get().used()) {
                revoke(db, found.get().consent(), "code used twice");
                return Optional.<Issued>empty();
            }
            var consent = consent(db, found.get().consent());
            if (consent.revoked() || !clock.instant().isBefore(found.get().expiresAt())) {
                return Optional.<Issued>empty();
            }
            db.run("UPDATE code SET used_at = ? WHERE hash = ?", clock.instant(), Secrets.sha256(code));
            return Optional.of(issue(db, narrowed(db, consent, dropped), Optional.empty()));
        });
        return issued.orElseThrow(() -> invalidGrant("The code is not valid, was used, or is not for this request."));
    }

    /**
     * Uses a refresh token, which ends it, and gives the next. One that was used before revokes the whole family: two
     * hold it, and which of them is the thief cannot be told. RFC 9700 section 4.14.2.
     */
    Issued refresh(String client, String token, Optional<Set<Scope>> asked, Optional<Set<Scope>> dropped) {
        var issued = store.write(db -> {
            var hash = Secrets.sha256(token);
            var found = db.one(
                    "SELECT consent, used_at FROM refresh_token WHERE hash = ?",
                    row -> new Refresh(row.getString("consent"), row.getObject("used_at") != null),
                    hash);
            if (found.isEmpty()) {
                return Optional.<Issued>empty();
            }
            var consent = consent(db, found.get().consent());
            if (!consent.client().equals(client) || consent.revoked()) {
                return Optional.<Issued>empty();
            }
            if (found.get().used()) {
                revoke(db, consent.id(), "refresh token used twice");
                return Optional.<Issued>empty();
            }
            if (asked.filter(scopes -> !consent.scopes().containsAll(scopes)).isPresent()) {
                throw new Refusal(400, "invalid_scope", "A refresh cannot add scopes.");
            }
            db.run("UPDATE refresh_token SET used_at = ? WHERE hash = ?", clock.instant(), hash);
            return Optional.of(issue(db, narrowed(db, consent, dropped), asked));
        });
        return issued.orElseThrow(() -> invalidGrant("The refresh token is not valid."));
    }

    /** Whom a code or refresh token speaks for, without using it. */
    Optional<String> personOf(String codeOrRefreshToken) {
        var hash = Secrets.sha256(codeOrRefreshToken);
        return store.read(db -> db.one(
                "SELECT p.address FROM consent c JOIN person p ON p.id = c.person WHERE c.id IN (SELECT consent FROM"
                        + " code WHERE hash = ? UNION SELECT consent FROM refresh_token WHERE hash = ? UNION SELECT"
                        + " consent FROM access_token WHERE hash = ?)",
                row -> row.getString(1),
                hash,
                hash,
                hash));
    }

    /** Who this access token speaks for, while it is valid. */
    Optional<Bearer> bearer(String accessToken) {
        return store.read(db -> db.one(
                "SELECT c.person, c.client, t.scopes FROM access_token t JOIN consent c ON c.id = t.consent"
                        + " WHERE t.hash = ? AND t.expires_at > ? AND c.revoked_at IS NULL",
                row -> new Bearer(
                        row.getString("person"), row.getString("client"), Scope.parse(row.getString("scopes"))),
                Secrets.sha256(accessToken),
                clock.instant()));
    }

    /** Ends the family of a token of this client; one that is unknown or another's does nothing. RFC 7009 section 2. */
    void revokeToken(String client, String token) {
        var hash = Secrets.sha256(token);
        store.write(db -> {
            var consent = db.one(
                    "SELECT id FROM consent WHERE client = ? AND id IN (SELECT consent FROM refresh_token WHERE hash ="
                            + " ? UNION SELECT consent FROM access_token WHERE hash = ?)",
                    row -> row.getString(1),
                    client,
                    hash,
                    hash);
            if (consent.isPresent()) {
                revoke(db, consent.get(), "revoked by the client");
            }
            return consent.isPresent();
        });
    }

    private Issued issue(Store.Session db, Consent consent, Optional<Set<Scope>> asked) throws SQLException {
        var issued = new Issued(
                Secrets.random("sbx_at_"),
                Secrets.random("sbx_rt_"),
                accessTokenLifetime,
                asked.orElse(consent.scopes()));
        // what expired serves nobody any more
        db.run("DELETE FROM access_token WHERE consent = ? AND expires_at <= ?", consent.id(), clock.instant());
        db.run(
                "INSERT INTO access_token (hash, consent, scopes, expires_at) VALUES (?, ?, ?, ?)",
                Secrets.sha256(issued.accessToken()),
                consent.id(),
                Scope.join(issued.scopes()),
                clock.instant().plus(accessTokenLifetime));
        db.run(
                "INSERT INTO refresh_token (hash, consent, created_at) VALUES (?, ?, ?)",
                Secrets.sha256(issued.refreshToken()),
                consent.id(),
                clock.instant());
        return issued;
    }

    private static Consent narrowed(Store.Session db, Consent consent, Optional<Set<Scope>> dropped)
            throws SQLException {
        if (dropped.isEmpty()) {
            return consent;
        }
        var left = EnumSet.copyOf(consent.scopes());
        left.removeAll(dropped.get());
        db.run("UPDATE consent SET scopes = ? WHERE id = ?", Scope.join(left), consent.id());
        return new Consent(consent.id(), consent.client(), consent.person(), left, consent.revoked());
    }

    private static Consent consent(Store.Session db, String id) throws SQLException {
        return db.one("SELECT * FROM consent WHERE id = ?", Consent::of, id).orElseThrow();
    }

    private void revoke(Store.Session db, String consent, String why) throws SQLException {
        db.run(
                "UPDATE consent SET revoked_at = ?, revoked_why = ? WHERE id = ? AND revoked_at IS NULL",
                clock.instant(),
                why,
                consent);
    }

    private static Refusal invalidGrant(String message) {
        return new Refusal(400, "invalid_grant", message);
    }

    private record Refresh(String consent, boolean used) {}

    private record Code(
            String consent, String client, String redirect, String challenge, Instant expiresAt, boolean used) {
        boolean fits(String askingClient, String askedRedirect, String verifier) {
            return client.equals(askingClient)
                    && redirect.equals(askedRedirect)
                    && Secrets.same(Secrets.challenge(verifier), challenge);
        }
    }
}
