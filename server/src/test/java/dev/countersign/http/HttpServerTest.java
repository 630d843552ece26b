package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.front.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP 2026-07-28, streamable HTTP, security: Origin, Host, sizes; and what every answer carries. */
class HttpServerTest {
    private final List<Route> routes = List.of(
            Route.getOrPost("/page", Route.Kind.PAGE, request -> Response.html(200, "page")),
            Route.get("/things/{id}", Route.Kind.PAGE, request -> Response.text(200, request.pathValue("id"))),
            Route.post(
                    "/form",
                    Route.Kind.PAGE,
                    request -> Response.text(200, request.form("name").orElse("none"))),
            Route.post("/token", Route.Kind.OPEN_API, request -> Response.json(200, "{}")),
            Route.post("/mcp", Route.Kind.MCP, request -> Response.json(200, "{}")),
            Route.get(
                    "/who",
                    Route.Kind.PAGE,
                    request -> Response.text(200, request.client().address())),
            Route.get("/broken", Route.Kind.PAGE, request -> {
                throw new IllegalStateException("private cause");
            }));
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.start(HttpSettings.loopback(0), routes, ErrorPages.PLAIN);
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String text) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void pathWithBraces_givesTheDecodedValue() throws Exception {
        assertThat(send(to("/things/a%20b+c")).body()).isEqualTo("a b+c");
        assertThat(send(to("/things/")).statusCode()).isEqualTo(404);
        assertThat(send(to("/things/a/b")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://evil.example:8484",
                "HTTP://LOCALHOST",
                "http://localhost:1"
            })
    void foreignOrigin_isRefused(String origin) throws Exception {
        for (var path : List.of("/page", "/mcp")) {
            var answer = send(to(path).header("Origin", origin).POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
        }
        assertThat(send(to("/page").header("Origin", origin)).statusCode()).isEqualTo(403);
    }

    @Test
    void ownOrigin_isLetIn() throws Exception {
        var own = "http://localhost:" + server.port();
        var answer = send(to("/page").header("Origin", own).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void twoOrigins_areRefused() throws Exception {
        var own = "http://localhost:" + server.port();
        var answer = send(to("/page").header("Origin", own).header("Origin", "https://evil.example"));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost:1", "localhost"})
    void foreignHost_isRefused(String host) throws IOException {
        assertThat(raw("GET /page HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET http://" + host + "/page HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\nConnection: close\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void twoHosts_areRefused() throws IOException {
        assertThat(raw("GET /page HTTP/1.1\r\nHost: localhost:%d\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                        .formatted(server.port())))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void postFromAnotherSite_isRefusedByFetchMetadata() throws IOException {
        assertThat(raw("POST /page HTTP/1.1\r\nHost: localhost:%d\r\nSec-Fetch-Site: cross-site\r\n"
                                .formatted(server.port())
                        + "Content-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void pages_carryTheSecurityHeaders() throws Exception {
        var headers = send(to("/page")).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse("")).contains("frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("Server")).isEmpty();
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void mcp_namesNoOrigin() throws Exception {
        var answer = send(to("/mcp").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void wrongMethod_namesTheRightOnes() throws Exception {
        var answer = send(to("/form"));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void duplicateParameter_isRefused() throws Exception {
        var form = to("/form").header("Content-Type", "application/x-www-form-urlencoded");
        assertThat(send(form.POST(HttpRequest.BodyPublishers.ofString("name=a&name=b")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(form.POST(HttpRequest.BodyPublishers.ofString("name=%C3%A4")))
                        .body())
                .isEqualTo("ä");
    }

    @Test
    void largeBody_isRefusedWhetherAnnouncedOrNot() throws Exception {
        var large = new byte[2 * 1024 * 1024];
        var form = to("/form").header("Content-Type", "application/x-www-form-urlencoded");
        assertThat(send(form.POST(HttpRequest.BodyPublishers.ofByteArray(large)))
                        .statusCode())
                .isEqualTo(413);
        var chunked = HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large));
        assertThat(send(form.POST(chunked)).statusCode()).isEqualTo(413);
    }

    @Test
    void largeBody_isRefusedBeforeAllOfItWasSent() throws Exception {
        var half = 900 * 1024;
        try (var socket = new Socket("127.0.0.1", server.port())) {
            var head = "POST /form HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nContent-Length: " + 2 * half
                    + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

            assertThat(answer.readLine()).contains(" 413 ");

            socket.getOutputStream().write(new byte[half]);
            socket.getOutputStream().write(new byte[half]);
            assertThat(answer.lines().anyMatch("The request is too large."::equals))
                    .isTrue();
        }
    }

    @Test
    void failure_tellsNothingOfItsCause() throws Exception {
        var answer = send(to("/broken"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("private cause").doesNotContain("Exception");
    }

    @Test
    void forwardedAddressOfAnUntrustedPeer_isIgnored() throws Exception {
        assertThat(send(to("/who").header("X-Forwarded-For", "203.0.113.9")).body())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void forwardedAddressInQuotesThatDoNotEnd_isIgnored() throws Exception {
        assertThat(send(to("/who").header("X-Forwarded-For", "203.0.113.9, \"10.0.0.7"))
                        .body())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void forwardedAddress_isReadFromTheNearestProxyOn() {
        var proxies = TrustedProxies.of(List.of("10.0.0.0/8", "127.0.0.1"));
        assertThat(proxies.sender("127.0.0.1", List.of("198.51.100.1", "203.0.113.9", "10.1.2.3")))
                .isEqualTo("203.0.113.9");
        assertThat(proxies.sender("203.0.113.7", List.of("198.51.100.1"))).isEqualTo("203.0.113.7");
        assertThat(proxies.sender("127.0.0.1", List.of("not an address"))).isEqualTo("127.0.0.1");
    }

    @Test
    void takenPort_isToldAsSuch() {
        Assertions.assertThatThrownBy(
                        () -> HttpServer.start(HttpSettings.loopback(server.port()), List.of(), ErrorPages.PLAIN))
                .isInstanceOf(BindException.class);
    }

    /** Starts the server anew, with other time. */
    private void restart(LongSupplier nanoTime) throws IOException {
        server.close();
        server = HttpServer.start(HttpSettings.loopback(0), routes, ErrorPages.PLAIN, nanoTime);
    }

    private static long tenTimesAsFast() {
        return 10 * System.nanoTime();
    }

    /** Each byte comes well before a connection counts as silent. */
    private String dripped(String begin) throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.UTF_8));
            var dripping = Thread.startVirtualThread(() -> drip(socket));
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException e) {
                return "";
            } finally {
                dripping.interrupt();
            }
        }
    }

    private static void drip(Socket socket) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(200); // the pace of what comes
                socket.getOutputStream().write('a');
            }
        } catch (IOException | InterruptedException e) {
            // the server has cut it, or the test is over
        }
    }

    @Test
    @Timeout(60)
    void headersThatDrip_areCutOff() throws Exception {
        restart(HttpServerTest::tenTimesAsFast);
        assertThat(dripped("GET /page HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nX-Slow: "))
                .doesNotContain("200 OK");
    }

    @Test
    @Timeout(60)
    void bodyThatDrips_isCutOff() throws Exception {
        restart(HttpServerTest::tenTimesAsFast);
        assertThat(dripped("POST /form HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: 1000000\r\n\r\n"
                        + "name="))
                .doesNotContain("200 OK");
    }

    @Test
    void connectionThatWasSilentBetweenRequests_isKept() throws Exception {
        var silence = new AtomicLong();
        var looks = new AtomicInteger();
        restart(() -> {
            looks.incrementAndGet();
            return silence.get();
        });
        try (var socket = new Socket("127.0.0.1", server.port())) {
            get(socket);
            silence.set(HeaderDeadline.MOST.plusSeconds(2).toNanos());
            var before = looks.get();
            Await.until("a whole look after the silence", () -> looks.get() >= before + 2);

            get(socket);
        }
    }

    private void get(Socket socket) throws IOException {
        var asked = "GET /page HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n";
        socket.getOutputStream().write(asked.getBytes(StandardCharsets.UTF_8));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\npage")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the answer until now: " + answer).isNotNegative();
            answer.append((char) next);
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2:ffff::1, 20010db800010002/64",
        "2001:db8:1:3::1, 20010db800010003/64",
        "::ffff:192.0.2.1, 192.0.2.1",
        "unknown, unknown"
    })
    void senders_areCountedByAddressAndOfIpv6ByTheNetwork(String address, String network) {
        assertThat(new Request.Client(address, "").network()).isEqualTo(network);
    }
}
