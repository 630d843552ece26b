package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.front.FreePorts;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to a provider, and what its failures become. */
class UpstreamHttpTest {
    private static final String CANARY = "canary-of-the-provider";

    private final MockWebServer server = new MockWebServer();
    private final Transport transport = new Transport();
    private final Connector connector = LinkFront.sandboxConnector();

    record Thing(String name, Optional<String> note) {}

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    /** Lends t1 first and t2 after a refusal. */
    private static final class Tokens implements AccessTokenSource {
        private boolean refused;

        @Override
        public Lent lend() {
            return new Lent(Secret.of("t1"), 1);
        }

        @Override
        public Optional<Lent> lendAfterRefusal(long refusedVersion) {
            return Optional.of(new Lent(Secret.of("t2"), 2));
        }

        @Override
        public UpstreamException refused(long refusedVersion) {
            refused = true;
            return new UpstreamException(Kind.UNAUTHORIZED, "link it again");
        }
    }

    private static Provider provider(URI api) {
        return Provider.oauth2(URI.create("http://localhost/a"), URI.create("http://localhost/t"), api);
    }

    private UpstreamHttp upstream(URI api, AccessTokenSource tokens) {
        return upstream(provider(api), tokens);
    }

    private UpstreamHttp upstream(Provider provider, AccessTokenSource tokens) {
        var linkable = new LinkableProvider(connector, provider, "client", Secret.of("secret"));
        return new UpstreamHttp(linkable, tokens, transport, Clock.systemUTC());
    }

    private UpstreamHttp upstream() {
        return upstream(server.url("/api/").uri(), new Tokens());
    }

    private void answer(int status, String body, String... headers) {
        var response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.addHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    private UpstreamException failure(UpstreamHttp upstream) {
        return catchThrowableOfType(
                UpstreamException.class, () -> upstream.get("things/{id}", "x").as(Thing.class));
    }

    @Test
    void request_carriesTokenQueryAndBody() throws Exception {
        answer(200, "{\"name\":\"a\",\"unknown\":1}");
        var thing = upstream()
                .post("things/{id}", "a/../b")
                .query("q", "x&y=1")
                .query("none", Optional.empty())
                .query("each", List.of("1", "2"))
                .header("Prefer", "minimal")
                .body(new Thing("n", Optional.empty()))
                .as(Thing.class);
        assertThat(thing).isEqualTo(new Thing("a", Optional.empty()));
        var sent = server.takeRequest();
        assertThat(sent.getTarget()).isEqualTo("/api/things/a%2F..%2Fb?q=x%26y%3D1&each=1&each=2");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer t1");
        assertThat(sent.getHeaders().get("Prefer")).isEqualTo("minimal");
        assertThat(String.valueOf(sent.getBody()).contains("n")).isTrue();
    }

    @Test
    void transfer_goesWithoutAToken() throws Exception {
        answer(201, "");
        upstream()
                .transfer("PUT", server.url("/upload?authtoken=x").uri())
                .header("Content-Range", "bytes 0-2/3")
                .body(new byte[] {1, 2, 3}, "application/octet-stream")
                .send();
        var sent = server.takeRequest();
        assertThat(sent.getTarget()).isEqualTo("/upload?authtoken=x");
        assertThat(sent.getHeaders().get("Authorization")).isNull();
        assertThat(sent.getHeaders().get("Content-Range")).isEqualTo("bytes 0-2/3");
    }

    @Test
    void transferToAnotherHost_isNotMade() {
        var elsewhere = URI.create("http://127.0.0.1:" + server.getPort() + "/upload");
        var failure =
                catchThrowableOfType(UpstreamException.class, () -> upstream().transfer("GET", elsewhere));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void transferThatIsRefused_saysNothingOfTheAccount() {
        answer(401, CANARY);
        var tokens = new Tokens();
        var upstream = upstream(server.url("/api/").uri(), tokens);
        var failure = catchThrowableOfType(
                UpstreamException.class,
                () -> upstream.transfer("GET", server.url("/download").uri()).bytes());
        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure).hasMessageContaining("Try again").message().doesNotContain(CANARY);
        assertThat(tokens.refused).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID",
        "422,INVALID",
        "403,FORBIDDEN",
        "404,NOT_FOUND",
        "410,NOT_FOUND",
        "409,CONFLICT",
        "412,CONFLICT",
        "429,RATE_LIMITED",
        "500,UNAVAILABLE",
        "502,UNAVAILABLE",
        "503,UNAVAILABLE",
        "302,BROKEN"
    })
    void status_becomesItsKindWithoutTheProvidersWords(int status, Kind kind) {
        answer(status, CANARY, "Location", "http://evil.example/");
        var failure = failure(upstream());
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageStartingWith("Sandbox ")
                .hasMessageNotContaining(CANARY)
                .hasNoCause();
    }

    @Test
    void furtherApi_isTalkedToWithTheSameToken() throws Exception {
        try (var other = new MockWebServer()) {
            other.start();
            other.enqueue(new MockResponse.Builder().body("{\"name\":\"a\"}").build());
            var provider = provider(server.url("/api/").uri())
                    .withApi("mail", other.url("/mail/v1/").uri());
            upstream(provider, new Tokens()).at("mail").get("things/{id}", "x").send();
            var sent = other.takeRequest();
            assertThat(sent.getTarget()).isEqualTo("/mail/v1/things/x");
            assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer t1");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Test
    void apiThatTheProviderDoesNotName_isRefused() {
        assertThatThrownBy(() -> upstream().at("elsewhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failureThatTheConnectorReads_isWhatIsSaid() {
        var provider = provider(server.url("/api/").uri())
                .withFailures((status, wait, body) -> status == 403 && body.length > 0
                        ? Optional.of(new UpstreamException(Kind.RATE_LIMITED, "slower", wait, Optional.empty()))
                        : Optional.empty());
        var upstream = upstream(provider, new Tokens());
        answer(403, "too fast", "Retry-After", "9");
        assertThat(failure(upstream)).satisfies(failure -> {
            assertThat(failure).hasMessage("slower");
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
        });
        answer(403, "");
        assertThat(failure(upstream).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void retryAfter_isHonoured() {
        answer(503, "", "Retry-After", "7");
        assertThat(failure(upstream())).satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(failure).hasMessageContaining("in 7 seconds");
        });
    }

    @Test
    void quotaThatIsUsedUp_isWaitedForUntilItIsFullAgain() {
        var reset = Long.toString(Instant.now().getEpochSecond() + 90);
        answer(429, "", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", reset);
        assertThat(failure(upstream()).retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(90)));
        answer(429, "", "X-RateLimit-Remaining", "7", "X-RateLimit-Reset", reset);
        assertThat(failure(upstream()).retryAfter()).isEmpty();
        answer(429, "", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "soon");
        assertThat(failure(upstream()).retryAfter()).isEmpty();
    }

    @Test
    void redirectToAnotherHost_isNotFollowed() throws Exception {
        try (var other = new MockWebServer()) {
            other.start();
            answer(307, "", "Location", other.url("/").toString());
            assertThat(failure(upstream()).kind()).isEqualTo(Kind.BROKEN);
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @Test
    void refusedToken_isRenewedOnceAndTheRequestRepeated() throws Exception {
        answer(401, CANARY);
        answer(200, "{\"name\":\"a\"}");
        assertThat(upstream().post("things").as(Thing.class).name()).isEqualTo("a");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer t1");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer t2");
    }

    @Test
    void renewedTokenRefused_isTheEnd() {
        answer(401, CANARY);
        answer(401, CANARY);
        var tokens = new Tokens();
        assertThat(failure(upstream(server.url("/api/").uri(), tokens)).kind()).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(tokens.refused).isTrue();
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void unreadableAnswer_isBrokenWithoutItsContent() {
        answer(200, "{\"name\":[\"" + CANARY + "\"");
        var failure = failure(upstream());
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure).hasMessageNotContaining(CANARY).hasNoCause();
    }

    @Test
    void answerBeyondTheLimit_isBroken() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[25 * 1024 * 1024 + 1]))
                .build());
        assertThatThrownBy(() -> upstream().get("things").bytes())
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN));
    }

    @Test
    void connectionClosedAfterTheRequest_isNoAnswer() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        assertThatThrownBy(() -> upstream().post("things").send())
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_ANSWER));
    }

    @Test
    void nobodyListens_isNotSent() {
        int port = FreePorts.threeInARow();
        var failure = failure(upstream(URI.create("http://127.0.0.1:" + port + "/api/"), new Tokens()));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    }

    @Test
    void headersOfTheServer_areRefused() {
        for (var name : List.of("Authorization", "cookie", "HOST")) {
            assertThatThrownBy(() -> upstream().get("things").header(name, "x"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
