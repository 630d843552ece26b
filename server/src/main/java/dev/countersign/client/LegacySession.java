package dev.countersign.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The session of a client of 2025-11-25 or older. When the server has lost it, another is begun as the client began the first one,
 * with what the client had asked for meanwhile; the client does not notice. MCP 2025-11-25, session management.
 */
final class LegacySession {
    private static final int NO_SUCH_SESSION = 404;
    private static final Duration DELETE = Duration.ofSeconds(1);
    private static final byte[] INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private final McpPost endpoint;
    private final ReentrantLock renewing = new ReentrantLock();

    /** How the client began; absent before that. */
    private Optional<RpcMessage> initialize = Optional.empty();

    private Optional<Open> open = Optional.empty();
    private final Map<String, RpcMessage> settings = new LinkedHashMap<>();

    LegacySession(McpPost endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * A session that the server has, or had.
     *
     * @param id empty where the server has none
     */
    record Open(String id, String version) {
        Map<String, String> headers() {
            return id.isEmpty()
                    ? Map.of("MCP-Protocol-Version", version)
                    : Map.of("MCP-Protocol-Version", version, "Mcp-Session-Id", id);
        }
    }

    synchronized Optional<Open> open() {
        return open;
    }

    /** Posts {@code initialize}. The session is open once {@link #opened} was given a result. */
    HttpResponse<InputStream> begin(RpcMessage message) throws IOException, InterruptedException, SignInException {
        return endpoint.post(message.bytes(), Map.of(), true);
    }

    synchronized void opened(RpcMessage request, HttpResponse<?> response, RpcMessage answer) {
        if (answer.result().isObject()) {
            initialize = Optional.of(request);
            open = Optional.of(open(response, answer));
            settings.clear();
        }
    }

    private static Open open(HttpResponse<?> response, RpcMessage answer) {
        return new Open(
                response.headers().firstValue("Mcp-Session-Id").orElse(""),
                answer.result().path("protocolVersion").asString(""));
    }

    /** Posts in the session, or in the one that replaces it. */
    HttpResponse<InputStream> post(RpcMessage message, boolean mayAsk)
            throws IOException, InterruptedException, SignInException {
        var session = open();
        var response = endpoint.post(message.bytes(), headers(session), mayAsk);
        if (session.isEmpty() || response.statusCode() != NO_SUCH_SESSION || isReply(message)) {
            return response;
        }
        response.body().close();
        renew(session.get(), mayAsk);
        return endpoint.post(message.bytes(), headers(open()), mayAsk);
    }

    /** An answer belongs to the session that asked. */
    private static boolean isReply(RpcMessage message) {
        return message.kind() instanceof RpcMessage.Kind.Reply;
    }

    private static Map<String, String> headers(Optional<Open> session) {
        return session.map(Open::headers).orElse(Map.of());
    }

    /**
     * Begins anew, unless somebody has done so since.
     *
     * @param mayAsk whether the person may be sent to sign in for this
     */
    void renew(Open lost, boolean mayAsk) throws IOException, InterruptedException, SignInException {
        renewing.lockInterruptibly();
        try {
            var beginning = beginning();
            if (beginning.isEmpty() || !open().equals(Optional.of(lost))) {
                return;
            }
            var response = endpoint.post(beginning.get().bytes(), Map.of(), mayAsk);
            var answer = answer(response);
            if (!answer.result().isObject()) {
                throw new IOException("the server refuses another session");
            }
            var next = open(response, answer);
            endpoint.post(INITIALIZED, next.headers(), mayAsk).body().close();
            for (var setting : settings()) {
                answer(endpoint.post(setting.bytes(), next.headers(), mayAsk));
            }
            replace(lost, next);
        } finally {
            renewing.unlock();
        }
    }

    private synchronized Optional<RpcMessage> beginning() {
        return initialize;
    }

    private synchronized List<RpcMessage> settings() {
        return List.copyOf(settings.values());
    }

    private synchronized void replace(Open lost, Open next) {
        if (open.equals(Optional.of(lost))) {
            open = Optional.of(next);
        }
    }

    private static RpcMessage answer(HttpResponse<InputStream> response) throws IOException {
        var last = new AtomicReference<Optional<RpcMessage>>(Optional.empty());
        ServerMessages.read(response, message -> {
            if (isReply(message)) {
                last.set(Optional.of(message));
            }
        });
        return last.get().orElseThrow(() -> new IOException("the server does not answer in another session"));
    }

    /** Remembers what a session keeps for the client beside its beginning. */
    synchronized void remember(RpcMessage request, String method) {
        var uri = request.params().path("uri").asString("");
        switch (method) {
            case "logging/setLevel" -> settings.put(method, request);
            case "resources/subscribe" -> settings.put(method + " " + uri, request);
            case "resources/unsubscribe" -> settings.remove("resources/subscribe " + uri);
            default -> {}
        }
    }

    /** Tells the server that the client has gone. */
    void end() throws IOException, InterruptedException {
        var session = open().filter(each -> !each.id().isEmpty());
        if (session.isPresent()) {
            endpoint.delete(session.get().headers(), DELETE);
        }
    }
}
