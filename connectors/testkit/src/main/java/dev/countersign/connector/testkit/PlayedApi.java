package dev.countersign.connector.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Plays a provider's API on loopback: each answer is 200 with JSON, or 404 when there is nothing. Who has not the token gets
 * 401, and whoever asks for consent, by any path, is given it at once.
 */
public final class PlayedApi implements AutoCloseable {
    private record Way(Pattern request, Function<Request, Optional<String>> answer) {}

    private final String accessToken;
    private final PlayedConsent consent;
    private final List<Way> ways = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * What is to be answered.
     *
     * @param id the last segment of the path
     * @param query parameters of the address, the last where a name stands twice
     * @param headers by their names in lower case, the first where a name stands twice
     * @param json the body; empty when there is none
     */
    public record Request(String id, Map<String, String> query, Map<String, String> headers, String json) {
        public Request {
            query = Map.copyOf(query);
            headers = Map.copyOf(headers);
        }

        /** The body as a record; fields that the record does not name are ignored. */
        public <T extends Record> T body(Class<T> type) {
            return TestJson.read(json, type);
        }
    }

    /** @param accessToken the one that it takes */
    public PlayedApi(String accessToken) {
        this.accessToken = accessToken;
        this.consent = new PlayedConsent(accessToken);
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
     * @param answer JSON; empty for 404
     */
    public PlayedApi on(String request, Function<Request, Optional<String>> answer) {
        var pattern = Pattern.quote(request).replaceAll("\\{[A-Za-z_]+}", "\\\\E[^/]+\\\\Q");
        ways.add(new Way(Pattern.compile(pattern), answer));
        return this;
    }

    /** Where it is, without a slash at the end. */
    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Says how a server on this machine is started so that it uses what is played here, and waits until this process ends.
     *
     * @param connector its id
     */
    public void playUntilEnded(String connector) throws InterruptedException {
        System.out.printf("""
            Played at %1$s until you press Ctrl-C. In another terminal:

            server/bin/countersign start --set connectors.%2$s.url=%1$s \\
              --set connectors.%2$s.client-id=played --set connectors.%2$s.client-secret=played
            """, origin(), connector);
        System.out.flush();
        Thread.currentThread().join();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var consented = consent.answer(exchange.getRequestURI(), body);
            if (consented.isPresent()) {
                consented.get().send(exchange);
                return;
            }
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            var reply = ("Bearer " + accessToken).equals(authorization)
                    ? found(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            request(exchange, body))
                    : PlayedReply.json(401, "{}");
            reply.send(exchange);
        }
    }

    private static Request request(HttpExchange exchange, String body) {
        var uri = exchange.getRequestURI();
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Request(
                uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1),
                PlayedReply.parameters(uri.getRawQuery()),
                headers,
                body);
    }

    private PlayedReply found(String method, String path, Request request) {
        return ways.stream()
                .filter(way -> way.request().matcher(method + " " + path).matches())
                .findFirst()
                .flatMap(way -> way.answer().apply(request))
                .map(json -> PlayedReply.json(200, json))
                .orElseGet(() -> PlayedReply.json(404, "{}"));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
