package dev.countersign.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.countersign.mcp.LegacySessions.Session;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.RandomToken;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.ServerHttpHeaderValidator;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.util.RawValue;

/**
 * Revisions 2025-11-25, 2025-06-18 and 2025-03-26, through the SDK's streamable transport. The SDK brings sessions and
 * streams; methods are answered here, with the same tools as in the other era, so that nothing is converted, validated or
 * written twice. {@link McpEndpoint} has authenticated the request before the SDK sees it.
 */
final class LegacyEra {
    /** A form may hold its call so long. */
    static final Duration FORM = Duration.ofSeconds(60);

    static final String CALL = "dev.countersign.mcp.call";

    private static final int MAX_BODY_BYTES = 1024 * 1024;

    static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(McpSchema.ElicitRequest.class, ModeOnce.class)
            .addModule(new SimpleModule().addSerializer(Throwable.class, new FailureBody()))
            .build();

    /** The SDK's type has its mode as a property and as a type id, which Jackson 3.2 refuses to write twice. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "mode")
    private interface ModeOnce {}

    /** The SDK answers what it refuses with its exception, which Jackson would write with all of its stack. */
    private static final class FailureBody extends ValueSerializer<Throwable> {
        @Override
        public void serialize(Throwable failure, JsonGenerator out, SerializationContext context) {
            boolean refused = failure instanceof McpError error
                    && error.getJsonRpcError() != null
                    && error.getJsonRpcError().code() != JsonRpc.INTERNAL_ERROR;
            var body = refused
                    ? error(((McpError) failure).getJsonRpcError())
                    : JsonRpc.error(
                            Optional.empty(), JsonRpc.INTERNAL_ERROR, ServerFacts.failed(failure), Optional.empty());
            out.writeRawValue(new String(body, StandardCharsets.UTF_8));
        }

        private static byte[] error(McpSchema.JSONRPCResponse.JSONRPCError refusal) {
            var sentence = refusal.message().split(": ", 2)[0]; // behind it may stand the message of an exception
            return JsonRpc.error(Optional.empty(), refusal.code(), sentence, Optional.empty());
        }
    }

    private final Catalog catalog;
    private final LegacySessions sessions;
    private final LegacyCalls calls;
    private final ServerFacts facts;
    private final HttpServletStreamableServerTransportProvider transport;

    LegacyEra(
            Catalog catalog,
            LegacySessions sessions,
            InFlight inFlight,
            ServerFacts facts,
            ServerHttpHeaderValidator security,
            Duration idle) {
        this.catalog = catalog;
        this.sessions = sessions;
        this.calls = new LegacyCalls(catalog, inFlight);
        this.facts = facts;
        this.transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(new JacksonMcpJsonMapper(JSON))
                .mcpEndpoint(McpEndpoint.PATH)
                .contextExtractor(LegacyEra::context)
                .httpHeaderValidator(security)
                .maxRequestSize(MAX_BODY_BYTES)
                .sessionSweepInterval(idle)
                .build();
        transport.setSessionFactory(this::startSession);
        catalog.changes().listen(sessions::resourceChanged);
    }

    HttpServletStreamableServerTransportProvider servlet() {
        return transport;
    }

    /** What the endpoint found out about a request before the SDK got it. */
    record Incoming(
            Principal principal,
            dev.countersign.http.Request.Client network,
            Optional<JsonRpc.Message> message,
            Optional<Session> session) {}

    /** Refuses what the schema does not allow: the SDK would take it, or break. MCP 2025-11-25, schema, InitializeRequestParams. */
    static void checkInitialize(JsonRpc.Call initialize) {
        var params = initialize.params();
        var client = params.path("clientInfo");
        require(initialize, params.path("protocolVersion").isString(), "'protocolVersion' must be a string.");
        require(initialize, params.path("capabilities").isObject(), "'capabilities' must be an object.");
        require(
                initialize,
                client.path("name").isString() && client.path("version").isString(),
                "'clientInfo' must have a 'name' and a 'version'.");
        try {
            JSON.treeToValue(params, McpSchema.InitializeRequest.class);
        } catch (JacksonException e) {
            require(
                    initialize,
                    false,
                    "'capabilities' or 'clientInfo' has a member of another type than its schema says.");
        }
    }

    private static void require(JsonRpc.Call call, boolean holds, String sentence) {
        if (!holds) {
            throw JsonRpc.bad(JsonRpc.INVALID_PARAMS, sentence, Optional.of(call.id()));
        }
    }

    private static McpTransportContext context(HttpServletRequest request) {
        return McpTransportContext.create(Map.of(CALL, request.getAttribute(CALL)));
    }

    private static Incoming incoming(McpAsyncServerExchange exchange) {
        return (Incoming) exchange.transportContext().get(CALL);
    }

    /** The request that this thread brings to the SDK: its factory of sessions is not told. */
    static final ScopedValue<Incoming> CURRENT = ScopedValue.newInstance();

    private McpStreamableServerSession.McpStreamableServerSessionInit startSession(
            McpSchema.InitializeRequest initialize) {
        var principal = CURRENT.get().principal();
        var id = RandomToken.id();
        var version = ModernHeaders.ALL_VERSIONS.stream()
                .filter(known -> !known.equals(ModernHeaders.VERSION) && known.equals(initialize.protocolVersion()))
                .findFirst()
                .orElse(ModernHeaders.ALL_VERSIONS.get(1));
        var owned = sessions.start(id, principal, version);
        var session = new McpStreamableServerSession(
                id,
                initialize.capabilities(),
                initialize.clientInfo(),
                FORM,
                requestHandlers(),
                notificationHandlers(),
                () -> Mono.fromRunnable(() -> sessions.closed(id)),
                null);
        owned.reach(
                uri -> session.sendNotification("notifications/resources/updated", Map.of("uri", uri))
                        .subscribe(sent -> {}, failure -> {}),
                () -> session.closeGracefully().subscribe(closed -> {}, failure -> {}));
        return new McpStreamableServerSession.McpStreamableServerSessionInit(session, Mono.just(initialized(version)));
    }

    private McpSchema.InitializeResult initialized(String version) {
        return McpSchema.InitializeResult.builder(
                        version,
                        capabilities(),
                        McpSchema.Implementation.builder(facts.name(), facts.version())
                                .title(facts.title())
                                .build())
                .instructions(facts.instructions())
                .build();
    }

    private McpSchema.ServerCapabilities capabilities() {
        var capabilities = McpSchema.ServerCapabilities.builder().tools(false);
        if (catalog.tools().logs()) {
            capabilities.logging();
        }
        if (!catalog.resources().isEmpty()) {
            capabilities.resources(true, false);
        }
        if (!catalog.prompts().isEmpty()) {
            capabilities.prompts(false);
        }
        if (catalog.completes()) {
            capabilities.completions();
        }
        return capabilities.build();
    }

    private Map<String, McpRequestHandler<?>> requestHandlers() {
        var handlers = new HashMap<String, McpRequestHandler<?>>();
        handlers.put("ping", (exchange, params) -> Mono.just(Map.of()));
        handlers.put("tools/list", list("tools/list"));
        handlers.put("tools/call", call());
        if (catalog.tools().logs()) {
            handlers.put("logging/setLevel", (exchange, params) -> Mono.fromCallable(() -> setLevel(exchange)));
        }
        if (!catalog.resources().isEmpty()) {
            handlers.put("resources/list", list("resources/list"));
            handlers.put("resources/templates/list", list("resources/templates/list"));
            handlers.put("resources/read", call());
            handlers.put("resources/subscribe", (exchange, params) -> Mono.fromCallable(() -> subscribe(exchange)));
            handlers.put("resources/unsubscribe", (exchange, params) -> Mono.fromCallable(() -> unsubscribe(exchange)));
        }
        if (!catalog.prompts().isEmpty()) {
            handlers.put("prompts/list", list("prompts/list"));
            handlers.put("prompts/get", call());
        }
        if (catalog.completes()) {
            handlers.put(Completion.METHOD, call());
        }
        return handlers;
    }

    private McpRequestHandler<?> list(String method) {
        return (exchange, params) -> Mono.fromCallable(() -> raw(list(method, exchange)));
    }

    private String list(String method, McpAsyncServerExchange exchange) {
        try {
            return catalog.list(method, call(exchange).params()).orElseThrow();
        } catch (Target.InvalidParamsException e) {
            throw LegacyCalls.invalid(e);
        }
    }

    private McpRequestHandler<?> call() {
        return (exchange, params) -> Mono.fromCallable(() -> calls.serve(exchange, incoming(exchange)))
                .onErrorResume(CallEndedException.class, e -> Mono.empty());
    }

    private static JsonRpc.Call call(McpAsyncServerExchange exchange) {
        return (JsonRpc.Call) incoming(exchange).message().orElseThrow();
    }

    /** MCP 2025-11-25, logging: what a tool logs at this level and above comes on the stream of its call. */
    private static Object setLevel(McpAsyncServerExchange exchange) {
        var level = JsonRpc.text(call(exchange).params(), "level");
        var known = Arrays.stream(McpSchema.LoggingLevel.values())
                .filter(value -> value.name().equalsIgnoreCase(level))
                .findFirst()
                .orElseThrow(() -> LegacyCalls.error(JsonRpc.INVALID_PARAMS, "There is no such level."));
        incoming(exchange).session().orElseThrow().log(known);
        return Map.of();
    }

    private Object subscribe(McpAsyncServerExchange exchange) {
        var uri = JsonRpc.text(call(exchange).params(), "uri");
        var incoming = incoming(exchange);
        if (!catalog.maySubscribe(uri, incoming.principal())) {
            throw LegacyCalls.invalid(Target.InvalidParamsException.noResource(uri));
        }
        if (!incoming.session().orElseThrow().subscribe(uri)) {
            throw LegacyCalls.error(JsonRpc.INVALID_REQUEST, "Too many subscriptions. End some first.");
        }
        return Map.of();
    }

    private static Object unsubscribe(McpAsyncServerExchange exchange) {
        incoming(exchange)
                .session()
                .orElseThrow()
                .unsubscribe(JsonRpc.text(call(exchange).params(), "uri"));
        return Map.of();
    }

    private Map<String, McpNotificationHandler> notificationHandlers() {
        McpNotificationHandler ignore = (exchange, params) -> Mono.empty();
        return Map.of(
                "notifications/initialized", ignore,
                "notifications/roots/list_changed", ignore,
                "notifications/progress", ignore,
                "notifications/cancelled", (exchange, params) -> Mono.fromRunnable(() -> cancel(exchange, params)));
    }

    private static void cancel(McpAsyncServerExchange exchange, Object params) {
        var requestId = JSON.<JsonNode>valueToTree(params).path("requestId").toString();
        incoming(exchange).session().ifPresent(session -> session.cancel(requestId));
    }

    static RawValue raw(String members) {
        return new RawValue("{" + members + "}");
    }
}
