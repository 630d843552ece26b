package dev.countersign.client;

import dev.countersign.client.RpcMessage.Kind;
import dev.countersign.client.RpcMessage.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Carries the messages of a client that only speaks stdio to an MCP server's address and back, as the person who signed in. MCP, stdio,
 * in all revisions.
 */
public final class StdioBridge implements AutoCloseable {
    /** More than the server takes: it says so itself. */
    private static final int MOST_LINE_BYTES = 4 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final BridgeSettings settings;
    private final ClientPipe client;
    private final Failures failures;
    private final HttpClient http;
    private final ModernRequests modern;
    private final LegacyRequests legacy;
    private final Map<String, UnderWay> underWay = new ConcurrentHashMap<>();
    private final ExecutorService messages = Executors.newVirtualThreadPerTaskExecutor();

    private boolean closed;

    /** The last notification or answer of the client: what it sends afterwards comes after that. */
    private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

    StdioBridge(BridgeSettings settings, ClientPipe client, PersonsBrowser browser) {
        this.settings = settings;
        this.client = client;
        this.failures = new Failures(settings.mcp(), client);
        this.http = http();
        var file = new TokenFile(settings.state(), settings.mcp());
        var signIn = new SignIn(http, settings.mcp(), browser, client);
        var endpoint = new McpPost(http, settings.mcp(), new PersonsTokens(http, settings, file, signIn));
        this.modern = new ModernRequests(endpoint);
        this.legacy = new LegacyRequests(endpoint, client);
    }

    /**
     * Carries messages in and out by these streams.
     *
     * @param words what people may want to know
     */
    public static StdioBridge of(BridgeSettings settings, OutputStream out, PrintStream words) {
        return new StdioBridge(
                settings,
                new ClientPipe(out, words),
                settings.browser() ? PersonsBrowser.ofDesktop() : PersonsBrowser.none());
    }

    /** A token follows no redirect. A connection for each stream: to close one cancels one request. */
    static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Reads until the client closes its end. */
    public void run(InputStream in) throws IOException {
        new BoundedLines(in, MOST_LINE_BYTES)
                .read(
                        this::take,
                        () -> client.send(RpcMessage.error(
                                "null",
                                RpcMessage.INVALID_REQUEST,
                                "The message is longer than 4 MiB and was not sent.",
                                Map.of())));
    }

    private void take(byte[] line) {
        if (isBlank(line)) {
            return;
        }
        try {
            var message = RpcMessage.read(line);
            switch (message.kind()) {
                case Kind.Request(var id, var method) -> request(message, id, method);
                case Kind.Notification(var method) when method.equals("notifications/cancelled") -> cancel(message);
                case Kind.Notification _, Kind.Reply _ -> tell(message);
            }
        } catch (UnreadableException e) {
            client.send(e.answer());
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private void request(RpcMessage message, String id, String method) {
        var request = new UnderWay(id, method, message.version().isPresent(), client);
        underWay.put(id, request);
        var before = told;
        run(() -> {
            request.begin();
            try {
                before.join();
                serve(message, method, request);
            } finally {
                underWay.remove(id, request);
            }
        });
    }

    private void serve(RpcMessage message, String method, UnderWay request) {
        if (request.isOver()) {
            return;
        }
        try {
            var version = message.version();
            int status = version.isPresent()
                    ? modern.serve(message, method, version.get(), request)
                    : legacy.serve(message, method, request);
            failures.noMessage(request, status);
        } catch (Exception e) {
            failures.tell(request, e);
        }
    }

    private void cancel(RpcMessage notification) {
        var request = Optional.ofNullable(
                underWay.get(notification.params().path("requestId").toString()));
        if (request.isPresent() && !request.get().cancel()) {
            tell(notification);
        }
    }

    private void tell(RpcMessage message) {
        var before = told;
        told = new CompletableFuture<>();
        var done = told;
        run(() -> {
            try {
                before.join();
                failures.dropped(tellNow(message));
            } catch (Exception e) {
                failures.dropped(e);
            } finally {
                done.complete(null);
            }
        });
    }

    private boolean tellNow(RpcMessage message) throws Exception {
        if (message.version().isPresent() && message.kind() instanceof Kind.Notification(var method)) {
            return modern.tell(message, method, message.version().get());
        }
        return legacy.hasBegun() && legacy.tell(message);
    }

    /** What comes while the bridge ends is not done. */
    private void run(Runnable task) {
        try {
            messages.execute(task);
        } catch (RejectedExecutionException e) {
            client.say("A message came too late.");
        }
    }

    /** Lets requests under way end, gives up what does not, and ends the session. Returns when that is done, whoever began it. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        messages.shutdown();
        underWay.values().forEach(UnderWay::stopListening);
        try {
            if (!messages.awaitTermination(settings.farewell().toNanos(), TimeUnit.NANOSECONDS)) {
                messages.shutdownNow();
            }
            legacy.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // the server is not there to be told
        }
        http.shutdownNow();
    }
}
