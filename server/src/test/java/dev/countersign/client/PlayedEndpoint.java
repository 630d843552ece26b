package dev.countersign.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An MCP address whose answers the test writes, and which remembers what it was sent. */
final class PlayedEndpoint implements AutoCloseable {
    private final HttpServer listener;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    interface Answer {
        void to(Received request, HttpExchange exchange) throws IOException;
    }

    /** A request as it came. */
    record Received(String http, com.sun.net.httpserver.Headers headers, String body) {
        JsonNode json() {
            return body.isEmpty()
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(body);
        }

        String method() {
            return json().path("method").asString("");
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }
    }

    private PlayedEndpoint(HttpServer listener) {
        this.listener = listener;
    }

    static PlayedEndpoint start(Answer answer) throws IOException {
        var listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var endpoint = new PlayedEndpoint(listener);
        listener.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = new Received(exchange.getRequestMethod(), exchange.getRequestHeaders(), body);
            endpoint.received.add(request);
            answer.to(request, exchange);
        });
        listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listener.start();
        return endpoint;
    }

    URI mcp() {
        return URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + "/mcp");
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** Those of this JSON-RPC method. */
    List<Received> received(String method) {
        return received.stream().filter(each -> each.method().equals(method)).toList();
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    static void json(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/json", body);
    }

    /** A result of these members, to that request. */
    static void result(HttpExchange exchange, Received request, String members) throws IOException {
        json(exchange, 200, answer(request, members));
    }

    static String answer(Received request, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.json().path("id") + ",\"result\":{" + members + "}}";
    }

    @Override
    public void close() {
        listener.stop(0);
    }
}
