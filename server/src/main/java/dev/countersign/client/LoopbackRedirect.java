package dev.countersign.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the person's browser comes back to: an address of this machine, open for one sign-in. RFC 8252 section 7.3. */
final class LoopbackRedirect implements AutoCloseable {
    private static final String PATH = "/callback";

    private final HttpServer listener;
    private final CompletableFuture<URI> arrived = new CompletableFuture<>();
    private volatile String state = "";

    private LoopbackRedirect(HttpServer listener) {
        this.listener = listener;
    }

    static LoopbackRedirect open() throws IOException {
        var listener =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        var redirect = new LoopbackRedirect(listener);
        listener.createContext(PATH, redirect::answer);
        listener.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listener.start();
        return redirect;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + PATH);
    }

    /** From now on an answer that carries this state is taken, once; any other is refused. RFC 6749 section 10.12. */
    void expect(String expected) {
        state = expected;
    }

    /** Empty when nobody came within this time. */
    Optional<URI> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(arrived.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var asked = exchange.getRequestURI();
        try (exchange) {
            if (!isAwaited(exchange)) {
                page(exchange, 400, "This is not the sign-in that is waited for.", "Begin again in your application.");
            } else if (has(asked, "error=access_denied")) {
                page(exchange, 200, "You did not allow it.", "You can close this page.");
            } else {
                page(exchange, 200, "Thank you.", "You can close this page and go back to your application.");
            }
        } finally {
            if (isAwaited(exchange)) {
                arrived.complete(uri().resolve(asked));
            }
        }
    }

    private boolean isAwaited(HttpExchange exchange) {
        var asked = exchange.getRequestURI();
        return !state.isEmpty()
                && exchange.getRequestMethod().equals("GET")
                && asked.getPath().equals(PATH)
                && has(asked, "state=" + state);
    }

    /** The state is made of characters that no form encodes. */
    private static boolean has(URI asked, String parameter) {
        return asked.getRawQuery() != null
                && Arrays.asList(asked.getRawQuery().split("&")).contains(parameter);
    }

    private static void page(HttpExchange exchange, int status, String heading, String sentence) throws IOException {
        var page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>Countersign</title><h1>" + heading
                + "</h1><p>" + sentence + "</p></html>";
        var bytes = page.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        headers.set("Connection", "close");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        listener.stop(0);
    }
}
