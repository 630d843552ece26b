package dev.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.StandingClock;
import dev.countersign.audit.AuditEvent;
import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.store.Database;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6265 sections 4.1 and 5: the cookie of a session; and when a session ends. */
class BrowserSessionsTest {
    private static final Passwords PASSWORDS = QuickPasswords.make();
    private static final Request.Client BROWSER = new Request.Client("192.0.2.1", "browser");

    @TempDir
    Path folder;

    private final StandingClock clock = new StandingClock();
    private final Queue<AuditEvent> audited = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Database database;
    private People people;
    private Person alice;
    private BrowserSessions plain;
    private BrowserSessions https;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        database = Database.open(folder.resolve("test.db"));
        people = new People(database, PASSWORDS, audited::add, clock);
        alice = people.create("alice@example.com", "Alice", Secret.of("a password for tests"), ZoneOffset.UTC, false);
        audited.clear();
        plain = new BrowserSessions(database, people, false, audited::add, clock);
        https = new BrowserSessions(database, people, true, audited::add, clock);
        server = HttpServer.start(
                HttpSettings.loopback(0),
                List.of(
                        Route.get("/who", Route.Kind.PAGE, request -> who(plain, request)),
                        Route.get("/who/https", Route.Kind.PAGE, request -> who(https, request)),
                        Route.post("/form", Route.Kind.PAGE, this::form)),
                ErrorPages.PLAIN);
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
        database.close();
    }

    private static Response who(BrowserSessions sessions, Request request) {
        return sessions.of(request)
                .map(session -> Response.text(200, session.person().email()))
                .orElseGet(() -> Response.text(401, "nobody"));
    }

    private Response form(Request request) {
        plain.checkCsrf(request, plain.of(request).orElseThrow());
        return Response.text(200, "taken");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path, String cookie) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Cookie", cookie);
    }

    private static String cookie(SignedIn signedIn) {
        return "countersign_session=" + token(signedIn);
    }

    private static String token(SignedIn signedIn) {
        return signedIn.cookie().reveal(Secret.Purpose.ISSUE);
    }

    private int status(SignedIn signedIn) throws Exception {
        return send(to("/who", cookie(signedIn))).statusCode();
    }

    private int post(SignedIn signedIn, String body) throws Exception {
        return send(to("/form", cookie(signedIn))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static List<String> setCookie(Response response) {
        return response.headers().stream()
                .filter(header -> header.name().equals("Set-Cookie"))
                .map(Response.Header::value)
                .toList();
    }

    @Test
    void cookie_isForThisHostOnlyAndOutOfReachOfScripts() {
        var signedIn = plain.start(alice, BROWSER);

        assertThat(setCookie(plain.withCookie(Response.empty(204), signedIn)))
                .containsExactly(
                        "countersign_session=" + token(signedIn) + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
        assertThat(setCookie(plain.withoutCookie(Response.empty(204))))
                .containsExactly("countersign_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    @Test
    void cookieOverHttps_hasTheHostPrefixAndIsSecure() {
        var signedIn = https.start(alice, BROWSER);

        assertThat(setCookie(https.withCookie(Response.empty(204), signedIn)))
                .containsExactly("__Host-countersign_session=" + token(signedIn)
                        + "; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure");
        assertThat(setCookie(https.withoutCookie(Response.empty(204))))
                .singleElement()
                .asString()
                .startsWith("__Host-countersign_session=;")
                .endsWith("; Secure");
    }

    @Test
    void cookieWithoutTheHostPrefix_isNotTakenOverHttps() throws Exception {
        var signedIn = https.start(alice, BROWSER);

        assertThat(send(to("/who/https", cookie(signedIn))).statusCode()).isEqualTo(401);
        assertThat(send(to("/who/https", "__Host-" + cookie(signedIn))).body()).isEqualTo("alice@example.com");
    }

    @Test
    void otherToken_isNobody() throws Exception {
        plain.start(alice, BROWSER);

        assertThat(send(to("/who", "countersign_session=cs_bs_" + "A".repeat(43)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(to("/who", "countersign_session=")).statusCode()).isEqualTo(401);
        assertThat(send(to("/who", "other=1")).statusCode()).isEqualTo(401);
    }

    @Test
    void unused_endsAfterTwelveHours() throws Exception {
        var signedIn = plain.start(alice, BROWSER);
        clock.advance(BrowserSessions.IDLE.minusMillis(1));
        assertThat(status(signedIn)).isEqualTo(200);
        clock.advance(BrowserSessions.IDLE.minusMillis(1));
        assertThat(status(signedIn)).as("use begins the twelve hours anew").isEqualTo(200);
        clock.advance(BrowserSessions.IDLE);

        assertThat(status(signedIn)).isEqualTo(401);
        assertThat(plain.of(alice.id())).isEmpty();
    }

    @Test
    void inUse_endsAfterSevenDaysAllTheSame() throws Exception {
        var signedIn = plain.start(alice, BROWSER);
        var step = Duration.ofHours(8);
        for (int i = 1; i < BrowserSessions.ABSOLUTE.dividedBy(step); i++) {
            clock.advance(step);
            assertThat(status(signedIn)).isEqualTo(200);
        }
        clock.advance(step.minusMillis(1));
        assertThat(status(signedIn)).isEqualTo(200);
        clock.advance(Duration.ofMillis(1));

        assertThat(status(signedIn)).isEqualTo(401);
    }

    @Test
    void ended_isNobodyAndOthersGoOn() throws Exception {
        var first = plain.start(alice, BROWSER);
        var second = plain.start(alice, BROWSER);
        plain.end(first.session());

        assertThat(status(first)).isEqualTo(401);
        assertThat(status(second)).isEqualTo(200);
        assertThat(audited).extracting(AuditEvent::type).containsExactly("sign_out");
        assertThat(plain.end("bob", second.session().id())).isFalse();
        assertThat(plain.endAllOf(alice.id())).isOne();
        assertThat(status(second)).isEqualTo(401);
    }

    @Test
    void newPassword_endsEverySession() throws Exception {
        var first = plain.start(alice, BROWSER);
        assertThat(people.changePassword(alice, Secret.of("another one for tests")))
                .isOne();

        assertThat(status(first)).isEqualTo(401);
    }

    @Test
    void sessions_areListedWithWhereTheyAre() {
        var client = new Request.Client("192.0.2.7", "b".repeat(500));
        var signedIn = plain.start(alice, client);

        assertThat(plain.of(alice.id()))
                .containsExactly(new OpenSession(
                        signedIn.session().id(), clock.instant(), clock.instant(), "192.0.2.7", "b".repeat(200)));
        assertThat(plain.of("bob")).isEmpty();
    }

    @Test
    void form_passesWithTheTokenOfItsOwnSessionOnly() throws Exception {
        var mine = plain.start(alice, BROWSER);
        var other = plain.start(alice, BROWSER);

        assertThat(post(mine, "csrf=" + mine.session().csrfToken())).isEqualTo(200);
        assertThat(post(mine, "csrf=" + other.session().csrfToken())).isEqualTo(403);
        assertThat(post(mine, "csrf=")).isEqualTo(403);
        assertThat(post(mine, "a=b")).isEqualTo(403);
        assertThat(post(mine, "csrf=" + mine.session().csrfToken() + "&csrf=x")).isEqualTo(400);
    }

    @Test
    void database_holdsNeitherTokenNorFormToken() throws Exception {
        var signedIn = plain.start(alice, BROWSER);
        database.close();

        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(token(signedIn))
                        .doesNotContain(signedIn.session().csrfToken());
            }
        }
    }
}
