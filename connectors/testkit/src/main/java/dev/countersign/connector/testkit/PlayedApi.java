package dev.countersign.connector.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Plays a provider's API on loopback: each answer is 200 with JSON, or 404 when there is nothing. Who has not the token gets
 * 401.
 */
public final class PlayedApi implements AutoCloseable {
    private record Way(Pattern request, Function<String, Optional<String>> answer) {}

    private final String accessToken;
    private final List<Way> ways = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /** @param accessToken the one that it takes */
    public PlayedApi(String accessToken) {
        this.accessToken = accessToken;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Says how to answer one request; the first that fits is taken.
     *
     * @param request method and path, where {@code {name}} stands for one segment, e.g. {@code GET /api/items/{id}}
     * @param answer JSON, made from the last segment of the path; empty for 404
     */
    public PlayedApi on(String request, Function<String, Optional<String>> answer) {
        var pattern = Pattern.quote(request).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q");
        ways.add(new Way(Pattern.compile(pattern), answer));
        return this;
    }

    /** Where it is, without a slash at the end. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            var path = exchange.getRequestURI().getPath();
            if (!("Bearer " + accessToken).equals(authorization)) {
                send(exchange, 401, "{}");
                return;
            }
            var answer = found(exchange.getRequestMethod() + " " + path)
                    .flatMap(way -> way.answer().apply(path.substring(path.lastIndexOf('/') + 1)));
            send(exchange, answer.isPresent() ? 200 : 404, answer.orElse("{}"));
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Optional<Way> found(String request) {
        return ways.stream()
                .filter(way -> way.request().matcher(request).matches())
                .findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
