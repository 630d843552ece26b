package dev.countersign.identity;

import dev.countersign.audit.AuditEvent;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.store.BrowserSessionTable;
import dev.countersign.store.BrowserSessionTable.BrowserSessionRow;
import dev.countersign.store.Database;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Who is signed in in which browser. Ends after 12 hours without use and 7 days in any case. */
public final class BrowserSessions {
    /** Without use; a working day with its breaks. */
    public static final Duration IDLE = Duration.ofHours(12);

    /** In any case. */
    public static final Duration ABSOLUTE = Duration.ofDays(7);

    /** Use is written down this often; a write for each page would cost a flush. */
    private static final Duration SEEN_STEP = Duration.ofMinutes(5);

    private static final int MOST_USER_AGENT = 200;

    private final Database database;
    private final People people;
    private final BrowserSessionTable table = new BrowserSessionTable();
    private final boolean https;
    private final Consumer<AuditEvent> audit;
    private final Clock clock;

    /**
     * @param https whether the public URL is https: the cookie is then {@code __Host-} and Secure
     */
    public BrowserSessions(Database database, People people, boolean https, Consumer<AuditEvent> audit, Clock clock) {
        this.database = database;
        this.people = people;
        this.https = https;
        this.audit = audit;
        this.clock = clock;
    }

    /** Begins a session with a token of its own, whatever cookie the browser sent. */
    public SignedIn start(Person person, Request.Client client) {
        var token = RandomToken.token("cs_bs_");
        var now = clock.instant();
        var row = new BrowserSessionRow(
                RandomToken.id(),
                RandomToken.digest(token),
                person.id(),
                now,
                now,
                now.plus(ABSOLUTE),
                client.address(),
                bounded(client.userAgent()));
        database.write(c -> {
            table.deleteEnded(c, now.minus(IDLE), now);
            table.insert(c, row);
            return null;
        });
        return new SignedIn(new BrowserSession(row.id(), person, now, csrfToken(token)), token);
    }

    /** The session whose cookie the request carries, while it lives. */
    public Optional<BrowserSession> of(Request request) {
        return request.cookie(cookieName()).map(Secret::of).flatMap(this::of);
    }

    private Optional<BrowserSession> of(Secret token) {
        var now = clock.instant();
        var found = database.read(c -> table.byTokenDigest(c, RandomToken.digest(token)))
                .filter(row -> row.expiresAt().isAfter(now)
                        && row.lastSeenAt().plus(IDLE).isAfter(now));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var row = found.get();
        if (row.lastSeenAt().plus(SEEN_STEP).isBefore(now)) {
            database.write(c -> {
                table.seen(c, row.id(), now);
                return null;
            });
        }
        return people.byId(row.userId())
                .map(person -> new BrowserSession(row.id(), person, row.signedInAt(), csrfToken(token)));
    }

    /** A person's live sessions, the newest first. */
    public List<OpenSession> of(String userId) {
        var now = clock.instant();
        return database.read(c -> table.ofUser(c, userId)).stream()
                .filter(row -> row.expiresAt().isAfter(now)
                        && row.lastSeenAt().plus(IDLE).isAfter(now))
                .map(row ->
                        new OpenSession(row.id(), row.signedInAt(), row.lastSeenAt(), row.address(), row.userAgent()))
                .toList();
    }

    public void end(BrowserSession session) {
        end(session.person().id(), session.id());
    }

    /** Ends one of a person's sessions; false when there is none of that id. */
    public boolean end(String userId, String sessionId) {
        var ended = database.write(c -> table.delete(c, userId, sessionId));
        if (ended) {
            audit.accept(new AuditEvent(
                    clock.instant(), "sign_out", userId, Optional.empty(), sessionId, "allow", Map.of()));
        }
        return ended;
    }

    /** Ends all of a person's sessions, e.g. after a new password. */
    public int endAllOf(String userId) {
        return database.write(c -> table.deleteAllOf(c, userId));
    }

    /** Gives the browser its cookie. */
    public Response withCookie(Response response, SignedIn signedIn) {
        return response.with(
                "Set-Cookie", cookie(signedIn.cookie().reveal(Secret.Purpose.ISSUE), ABSOLUTE.toSeconds()));
    }

    /** Takes the cookie from the browser. */
    public Response withoutCookie(Response response) {
        return response.with("Set-Cookie", cookie("", 0));
    }

    /**
     * Lets a form post pass when it carries the session's token in the field {@code csrf}.
     *
     * @throws HttpException 403 otherwise
     */
    public void checkCsrf(Request request, BrowserSession session) {
        var given = request.form("csrf").orElse("");
        if (!MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), session.csrfToken().getBytes(StandardCharsets.UTF_8))) {
            throw new HttpException(403, "This form is no longer valid. Load the page again and repeat.");
        }
    }

    private String cookieName() {
        return https ? "__Host-countersign_session" : "countersign_session";
    }

    private String cookie(String value, long maxAgeSeconds) {
        return cookieName() + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Lax"
                + (https ? "; Secure" : "");
    }

    /** Derived, so that the database gives nobody a form that passes. */
    private static String csrfToken(Secret token) {
        return RandomToken.sha256("csrf\n" + token.reveal(Secret.Purpose.KEY));
    }

    private static String bounded(String userAgent) {
        return userAgent.length() <= MOST_USER_AGENT ? userAgent : userAgent.substring(0, MOST_USER_AGENT);
    }
}
