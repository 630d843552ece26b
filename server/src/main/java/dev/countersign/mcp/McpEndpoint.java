package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import dev.countersign.oauth.Challenges;
import dev.countersign.oauth.OAuthError;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.StateSealer;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;

/**
 * {@code /mcp}, both eras: authenticates, reads one message, and hands it to the era that it belongs to. A request is of
 * 2026-07-28 when its header or its {@code _meta} says so or names a version we do not know; it is of an older revision when
 * it is {@code initialize} or carries a session id.
 */
public final class McpEndpoint extends Handler.Wrapper implements Graceful {
    static final String PATH = "/mcp";

    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final Function<dev.countersign.http.Request, Principal> tokens;
    private final Challenges challenges;
    private final Function<Request, dev.countersign.http.Request.Client> networks;
    private final Catalog catalog;
    private final ListenStreams streams;
    private final StepUp stepUp;
    private final InFlight inFlight = new InFlight();
    private final Admission admission = new Admission();
    private final LegacySessions sessions;
    private final ModernEra modern;
    private final LegacyEra legacy;
    private volatile boolean shutDown;

    /**
     * How the endpoint is seen from outside.
     *
     * @param publicUrl the origin that clients use
     * @param otherHosts further values of the Host header that are ours
     * @param origins origins of web pages that may call, beside our own
     * @param version of this program
     * @param sessionIdle sessions of the older eras end after being silent for so long
     */
    public record Settings(
            URI publicUrl, Set<String> otherHosts, Set<String> origins, String version, Duration sessionIdle) {
        public Settings {
            otherHosts = Set.copyOf(otherHosts);
            origins = Set.copyOf(origins);
        }

        public static Settings of(URI publicUrl, String version) {
            return new Settings(publicUrl, Set.of(), Set.of(), version, Duration.ofMinutes(30));
        }
    }

    /** Serves tools only. */
    public McpEndpoint(
            Function<dev.countersign.http.Request, Principal> tokens,
            Challenges challenges,
            Function<Request, dev.countersign.http.Request.Client> networks,
            ToolRegistry tools,
            StateSealer sealer,
            Settings settings) {
        this(tokens, grant -> true, challenges, networks, Catalog.of(tools), sealer, settings);
    }

    /**
     * @param tokens the bearer check: {@code AccessTokens::authenticate}
     * @param liveGrant whether a grant still stands: what is open under one that ended is ended
     * @param networks who sent a request, with trusted proxies looked through
     */
    public McpEndpoint(
            Function<dev.countersign.http.Request, Principal> tokens,
            Predicate<String> liveGrant,
            Challenges challenges,
            Function<Request, dev.countersign.http.Request.Client> networks,
            Catalog catalog,
            StateSealer sealer,
            Settings settings) {
        this.tokens = tokens;
        this.challenges = challenges;
        this.networks = networks;
        this.catalog = catalog;
        this.stepUp = new StepUp(challenges);
        this.sessions = new LegacySessions(liveGrant);
        inFlight.watch(sessions::endDead);
        var facts = ServerFacts.countersign(settings.version());
        var results = new ModernResults(facts.serverInfoMember());
        this.streams = new ListenStreams(catalog, liveGrant, inFlight, results);
        var calls = new ModernCalls(catalog.tasks(), new RequestState(sealer), inFlight, stepUp, results);
        this.modern = new ModernEra(catalog, calls, streams, results, facts);
        this.legacy = new LegacyEra(catalog, sessions, inFlight, facts, security(settings), settings.sessionIdle());
        setHandler(servletContext(legacy));
    }

    private static ServletContextHandler servletContext(LegacyEra legacy) {
        var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        var servlet = new ServletHolder(legacy.servlet());
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, PATH);
        var flushing = new FilterHolder(McpEndpoint::flushed);
        flushing.setAsyncSupported(true);
        context.addFilter(flushing, PATH, EnumSet.of(DispatcherType.REQUEST));
        context.setErrorHandler((request, response, callback) -> {
            send(
                    response,
                    callback,
                    response.getStatus(),
                    "{\"error\":\"invalid_request\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return true;
        });
        return context;
    }

    /** Tells a client that listens that its stream is open: the SDK sends the headers with the first event only. */
    private static void flushed(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (request instanceof HttpServletRequest http && http.getMethod().equals("GET") && request.isAsyncStarted()) {
            response.flushBuffer();
        }
    }

    /** The SDK accepts every Host and Origin unless told; the listener has checked them, this holds should it not. */
    private static DefaultServerTransportSecurityValidator security(Settings settings) {
        var authority = settings.publicUrl().getRawAuthority();
        var hosts = new ArrayList<>(List.of(authority, "localhost:*", "127.0.0.1:*", "[::1]:*"));
        hosts.addAll(settings.otherHosts());
        var origins = new ArrayList<>(List.of(
                settings.publicUrl().getScheme() + "://" + authority, "http://localhost:*", "http://127.0.0.1:*"));
        origins.addAll(settings.origins());
        return DefaultServerTransportSecurityValidator.builder()
                .allowedHosts(hosts)
                .allowedOrigins(origins)
                .build();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        try {
            var network = networks.apply(request);
            var principal = tokens.apply(new dev.countersign.http.Request(request, Map.of(), network));
            switch (request.getMethod()) {
                case "POST" -> post(principal, network, request, response, callback);
                case "GET", "DELETE" -> sessionMethod(principal, network, request, response, callback);
                default -> onlyPost(response, callback);
            }
        } catch (OAuthError e) {
            unauthorized(response, callback, e);
        } catch (RpcException e) {
            send(response, callback, e.status(), e.body());
        }
        return true;
    }

    private void post(
            Principal principal,
            dev.countersign.http.Request.Client network,
            Request request,
            Response response,
            Callback callback)
            throws Exception {
        if (!isJson(request)) {
            throw failure(415, "Send the message as application/json.");
        }
        var body = body(request);
        var message = JsonRpc.parse(body);
        if (isLegacy(request.getHeaders(), message)) {
            legacyPost(principal, network, message, body, request, response, callback);
            return;
        }
        switch (message) {
            case JsonRpc.Call call -> {
                try (var _ = admission.enter(principal.userId(), call, response)) {
                    modern.serve(call, new ModernEra.Exchange(principal, network, request, response, callback));
                }
            }
            case JsonRpc.Notification notification -> {
                response.setStatus(202);
                callback.succeeded();
            }
            case JsonRpc.Reply reply -> throw failure(400, "Answers are not taken. Send requests.");
        }
    }

    /** Whether a message is of a revision before 2026-07-28. */
    static boolean isLegacy(HttpFields headers, JsonRpc.Message message) {
        boolean modernHeader = namesModernVersion(headers);
        return switch (message) {
            case JsonRpc.Call call when modernHeader || namesVersion(call.params()) -> false;
            case JsonRpc.Call call -> call.method().equals("initialize") || headers.contains(SESSION_HEADER);
            case JsonRpc.Notification notification -> !modernHeader && headers.contains(SESSION_HEADER);
            case JsonRpc.Reply reply -> !modernHeader && headers.contains(SESSION_HEADER);
        };
    }

    private static boolean namesModernVersion(HttpFields headers) {
        for (var version : headers.getValuesList(ModernHeaders.VERSION_HEADER)) {
            if (!ModernHeaders.OLDER_VERSIONS.contains(version.strip())) {
                return true;
            }
        }
        return false;
    }

    private static boolean namesVersion(tools.jackson.databind.node.ObjectNode params) {
        return params.path("_meta").has(ModernHeaders.VERSION_KEY);
    }

    private void legacyPost(
            Principal principal,
            dev.countersign.http.Request.Client network,
            JsonRpc.Message message,
            byte[] body,
            Request request,
            Response response,
            Callback callback)
            throws Exception {
        boolean begins = message instanceof JsonRpc.Call call && call.method().equals("initialize");
        if (begins) {
            LegacyEra.checkInitialize((JsonRpc.Call) message);
        }
        var session = begins ? Optional.<LegacySessions.Session>empty() : session(principal, request);
        if (begins && !sessions.mayStart(principal)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "600");
            throw failure(429, "This person has too many sessions. End some, or wait until they have ended.");
        }
        if (!begins && session.isEmpty()) {
            throw failure(404, "There is no such session. Initialize again.");
        }
        if (message instanceof JsonRpc.Call call) {
            var needed = catalog.scopes(call.method(), call.params());
            if (!StepUp.covers(principal, needed)) {
                stepUp.challenge(response, needed);
                send(response, callback, 403, StepUp.body(call.id()));
                return;
            }
        }
        var incoming = new LegacyEra.Incoming(principal, network, Optional.of(message), session);
        var replayed = new Replayed(request, body);
        if (message instanceof JsonRpc.Call call) {
            try (var _ = admission.enter(principal.userId(), call, response)) {
                toSdk(incoming, replayed, response, callback);
            }
        } else {
            toSdk(incoming, replayed, response, callback);
        }
    }

    private void sessionMethod(
            Principal principal,
            dev.countersign.http.Request.Client network,
            Request request,
            Response response,
            Callback callback)
            throws Exception {
        var version = request.getHeaders().get(ModernHeaders.VERSION_HEADER);
        if (!request.getHeaders().contains(SESSION_HEADER) || ModernHeaders.VERSION.equals(version)) {
            onlyPost(response, callback);
            return;
        }
        var session = session(principal, request);
        if (session.isEmpty()) {
            throw failure(404, "There is no such session. Initialize again.");
        }
        if (request.getMethod().equals("GET")) {
            session.get().listens(principal);
        }
        var incoming = new LegacyEra.Incoming(principal, network, Optional.empty(), session);
        toSdk(incoming, request, response, callback);
    }

    private Optional<LegacySessions.Session> session(Principal principal, Request request) {
        var ids = request.getHeaders().getValuesList(SESSION_HEADER);
        return ids.size() == 1 ? sessions.find(ids.getFirst(), principal) : Optional.empty();
    }

    private void toSdk(LegacyEra.Incoming incoming, Request request, Response response, Callback callback)
            throws Exception {
        request.setAttribute(LegacyEra.CALL, incoming);
        // a form or a listening stream is silent for longer than a connection may be
        request.addIdleTimeoutListener(timeout -> false);
        ScopedValue.where(LegacyEra.CURRENT, incoming).call(() -> super.handle(request, response, callback));
    }

    private static boolean isJson(Request request) {
        var type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static byte[] body(Request request) {
        if (request.getLength() > MAX_BODY_BYTES) {
            throw failure(413, "The message is larger than 1 MiB.");
        }
        try {
            var read = Content.Source.asByteBuffer(request);
            if (read.remaining() > MAX_BODY_BYTES) {
                throw failure(413, "The message is larger than 1 MiB.");
            }
            var bytes = new byte[read.remaining()];
            read.get(bytes);
            return bytes;
        } catch (IOException | org.eclipse.jetty.http.HttpException.RuntimeException e) {
            throw failure(request.getLength() < 0 ? 413 : 400, "The message could not be read: send at most 1 MiB.");
        }
    }

    private void unauthorized(Response response, Callback callback, OAuthError error) {
        var answer = challenges.answer(error);
        answer.headers().forEach(header -> response.getHeaders().put(header.name(), header.value()));
        send(response, callback, answer.status(), answer.body());
    }

    private static void onlyPost(Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.ALLOW, "POST");
        send(
                response,
                callback,
                405,
                JsonRpc.error(Optional.empty(), JsonRpc.INVALID_REQUEST, "Send a POST.", Optional.empty()));
    }

    private static RpcException failure(int status, String message) {
        return new RpcException(status, JsonRpc.INVALID_REQUEST, message, Optional.empty(), Optional.empty());
    }

    static void send(Response response, Callback callback, int status, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Ends the streams on which clients of the older revisions listen: the listener waits for every request to end. */
    @Override
    public CompletableFuture<Void> shutdown() {
        shutDown = true;
        streams.close();
        return legacy.servlet().closeGracefully().toFuture();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        inFlight.close();
    }
}
