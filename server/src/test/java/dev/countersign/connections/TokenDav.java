package dev.countersign.connections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** A DAV server that lets those in whose access token the provider knows, and says to other servers who that is. RFC 7662. */
final class TokenDav extends Dispatcher implements AutoCloseable {
    private static final String INTROSPECTION = "/introspect";

    private final MockWebServer server = new MockWebServer();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI userInfo;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private volatile boolean closed;

    private TokenDav(URI userInfo) {
        this.userInfo = userInfo;
    }

    /** @param userInfo where the provider is asked about a token */
    static TokenDav start(URI userInfo) {
        var dav = new TokenDav(userInfo);
        dav.server.setDispatcher(dav);
        try {
            dav.server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dav;
    }

    URI url() {
        return server.url("/dav/").uri();
    }

    /** Method and path of each request. */
    List<String> asked() {
        return asked;
    }

    URI introspection() {
        return server.url(INTROSPECTION).uri();
    }

    /** From now on no token is good, whatever the provider says. */
    void letNobodyIn() {
        closed = true;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        if (request.getUrl().encodedPath().equals(INTROSPECTION)) {
            return introspected(request);
        }
        asked.add(request.getMethod() + " " + request.getUrl().encodedPath());
        var shown = String.valueOf(request.getHeaders().get("Authorization"));
        return new MockResponse.Builder()
                .code(shown.startsWith("Bearer ") && account(shown).isPresent() ? 207 : 401)
                .body("<multistatus/>")
                .build();
    }

    /** Section 2.2: what the provider says of the account, and that the token is good. */
    private MockResponse introspected(RecordedRequest request) throws InterruptedException {
        var form = Optional.ofNullable(request.getBody()).map(ByteString::utf8).orElse("");
        var token = URLDecoder.decode(form.replaceFirst("^(?:.*&)?token=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        var answer = account("Bearer " + token)
                .map(account -> "{\"active\":true," + account.substring(account.indexOf('{') + 1))
                .orElse("{\"active\":false}");
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(answer)
                .build();
    }

    private Optional<String> account(String authorization) throws InterruptedException {
        var question = HttpRequest.newBuilder(userInfo)
                .header("Authorization", authorization)
                .build();
        try {
            var answer = http.send(question, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && !closed ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        http.close();
    }
}
