package dev.countersign.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * An HTTP proxy before the sandbox that remembers every token and code that goes through it. HTTP clients that are made
 * while it is there go through it.
 */
final class RecordingProxy extends ProxySelector implements AutoCloseable {
    private static final Pattern SECRET = Pattern.compile("sbx_(?:at|rt|ac)_[A-Za-z0-9_-]{43}");

    /** Belong to one connection, or are made by the client that sends on. */
    private static final Set<String> HOP =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final int recordedPort;
    private final ProxySelector before = ProxySelector.getDefault();
    private final Set<String> secrets = new ConcurrentSkipListSet<>();
    private final HttpServer listener;
    private final HttpClient onward =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

    /** @param recordedPort the port of 127.0.0.1 that the sandbox listens on */
    RecordingProxy(int recordedPort) throws IOException {
        this.recordedPort = recordedPort;
        this.listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", this::pass);
        listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listener.start();
        ProxySelector.setDefault(this);
    }

    /** Tokens and codes that were seen, each once. */
    Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    long count(String prefix) {
        return secrets.stream().filter(secret -> secret.startsWith(prefix)).count();
    }

    @Override
    public List<Proxy> select(URI uri) {
        return uri.getPort() == recordedPort
                ? List.of(new Proxy(Proxy.Type.HTTP, listener.getAddress()))
                : List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // who asked is told
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + recordedPort
                            + exchange.getRequestURI().getRawPath() + query(exchange)))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            record(exchange.getRequestURI() + new String(body, StandardCharsets.UTF_8));
            record(exchange.getRequestHeaders().values().toString());
            answer(exchange, request.build());
        }
    }

    private void answer(HttpExchange exchange, HttpRequest request) throws IOException {
        try {
            var response = onward.send(request, BodyHandlers.ofByteArray());
            record(response.headers().map().toString() + new String(response.body(), StandardCharsets.UTF_8));
            response.headers().map().forEach((name, values) -> {
                if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            boolean empty = response.body().length == 0;
            exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : response.body().length);
            if (!empty) {
                exchange.getResponseBody().write(response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String query(HttpExchange exchange) {
        var query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : "?" + query;
    }

    private void record(String text) {
        var found = SECRET.matcher(text);
        while (found.find()) {
            secrets.add(found.group());
        }
    }

    @Override
    public void close() {
        ProxySelector.setDefault(before);
        listener.stop(0);
        onward.shutdownNow();
    }
}
