package dev.countersign.client;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.client.PlayedEndpoint.Answer;
import dev.countersign.client.PlayedEndpoint.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions of 2025-11-25, as a server has them that may forget them. */
final class PlayedSessions implements Answer {
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void to(Received request, HttpExchange exchange) throws IOException {
        var current = "s" + made.get();
        if (request.method().equals("initialize")) {
            exchange.getResponseHeaders().set("Mcp-Session-Id", "s" + made.incrementAndGet());
            PlayedEndpoint.result(exchange, request, "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}");
        } else if (!request.header("Mcp-Session-Id").orElse("").equals(current)) {
            PlayedEndpoint.json(exchange, 404, "");
        } else if (request.http().equals("GET")) {
            listen(exchange, current);
        } else if (request.json().has("id") && request.json().has("method")) {
            PlayedEndpoint.result(exchange, request, "\"session\":\"" + current + "\"");
        } else {
            PlayedEndpoint.send(exchange, 202, "text/plain", "");
        }
    }

    private void listen(HttpExchange exchange, String current) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody()
                .write(("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + current + "\"}\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    /** As a server that has started again. */
    void forget() {
        made.incrementAndGet();
    }

    /** Ends the streams on which clients listen. */
    void stop() {
        stopped.countDown();
    }
}
