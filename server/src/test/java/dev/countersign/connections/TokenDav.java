package dev.countersign.connections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A DAV server that lets those in whose access token the provider knows. */
final class TokenDav extends Dispatcher implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI userInfo;
    private final List<String> asked = new CopyOnWriteArrayList<>();

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

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        asked.add(request.getMethod() + " " + request.getUrl().encodedPath());
        var shown = String.valueOf(request.getHeaders().get("Authorization"));
        return new MockResponse.Builder()
                .code(shown.startsWith("Bearer ") && known(shown) ? 207 : 401)
                .body("<multistatus/>")
                .build();
    }

    private boolean known(String authorization) throws InterruptedException {
        var question = HttpRequest.newBuilder(userInfo)
                .header("Authorization", authorization)
                .build();
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
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
