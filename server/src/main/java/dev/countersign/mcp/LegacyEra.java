package dev.countersign.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.countersign.mcp.LegacySessions.Session;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
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

    private static final int URL_ELICITATION_REQUIRED = -32042;
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    /** {@code -32042} and forms follow each other at most so often in one call: a link, then a confirmation. */
    private static final int MOST_QUESTIONS_IN_A_CALL = 4;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(McpSchema.ElicitRequest.class, ModeOnce.class)
            .build();

    /** The SDK's type has its mode as a property and as a type id, which Jackson 3.2 refuses to write twice. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "mode")
    private interface ModeOnce {}

    private final ToolRegistry tools;
    private final LegacySessions sessions;
    private final InFlight inFlight;
    private final ServerFacts facts;
    private final HttpServletStreamableServerTransportProvider transport;

    LegacyEra(
            ToolRegistry tools,
            LegacySessions sessions,
            InFlight inFlight,
            ServerFacts facts,
            ServerHttpHeaderValidator security,
            Duration idle) {
        this.tools = tools;
        this.sessions = sessions;
        this.inFlight = inFlight;
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
        sessions.start(id, principal, version);
        var session = new McpStreamableServerSession(
                id,
                initialize.capabilities(),
                initialize.clientInfo(),
                FORM,
                requestHandlers(),
                notificationHandlers(),
                () -> Mono.fromRunnable(() -> sessions.closed(id)),
                null);
        return new McpStreamableServerSession.McpStreamableServerSessionInit(session, Mono.just(initialized(version)));
    }

    private McpSchema.InitializeResult initialized(String version) {
        var capabilities = McpSchema.ServerCapabilities.builder().tools(false).build();
        return McpSchema.InitializeResult.builder(
                        version,
                        capabilities,
                        McpSchema.Implementation.builder(facts.name(), facts.version())
                                .title(facts.title())
                                .build())
                .instructions(facts.instructions())
                .build();
    }

    private Map<String, McpRequestHandler<?>> requestHandlers() {
        return Map.of(
                "ping", (exchange, params) -> Mono.just(Map.of()),
                "tools/list", (exchange, params) -> Mono.fromCallable(() -> list(params)),
                "tools/call",
                        (exchange, params) -> Mono.fromCallable(() -> callTool(exchange))
                                .onErrorResume(CallEndedException.class, e -> Mono.empty()));
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

    private Object list(Object params) {
        var cursor = JSON.<JsonNode>valueToTree(params).path("cursor");
        var page = tools.page(cursor.isString() ? Optional.of(cursor.stringValue()) : Optional.empty());
        return raw(page.orElseThrow(() -> invalid("There is no such page. List again without a cursor.")));
    }

    private Object callTool(McpAsyncServerExchange exchange) {
        var incoming = incoming(exchange);
        var session = incoming.session().orElseThrow();
        var call = (JsonRpc.Call) incoming.message().orElseThrow();
        var tool = tools.find(JsonRpc.text(call.params(), "name"))
                .orElseThrow(() -> invalid("Unknown tool. Call tools/list for those there are."));
        var requestId = call.id().toString();
        try (var running = inFlight.enter()) {
            session.runs(requestId, running);
            var request = new ToolRequest(
                    incoming.principal(),
                    incoming.network(),
                    arguments(call),
                    ProgressNotes.of(call.params(), params -> progress(exchange, params)),
                    running,
                    Optional.empty(),
                    ToolRequest.PATIENCE);
            return new Dialogue(exchange, session).answer(tool, request);
        } catch (McpError | CallEndedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw error(JsonRpc.INTERNAL_ERROR, ServerFacts.failed(e)); // the SDK would send its message
        } finally {
            session.ended(requestId);
        }
    }

    private static ObjectNode arguments(JsonRpc.Call call) {
        return switch (call.params().path("arguments")) {
            case ObjectNode arguments -> arguments;
            case JsonNode absent when absent.isMissingNode() -> JsonNodeFactory.instance.objectNode();
            case JsonNode other -> throw invalid("'arguments' must be an object.");
        };
    }

    private static void progress(McpAsyncServerExchange exchange, ObjectNode params) {
        var token = params.get("progressToken");
        var note = McpSchema.ProgressNotification.builder(
                token.isString() ? token.stringValue() : (Object) token.longValue(),
                params.get("progress").doubleValue());
        if (params.has("total")) {
            note.total(params.get("total").doubleValue());
        }
        if (params.has("message")) {
            note.message(params.get("message").stringValue());
        }
        exchange.progressNotification(note.build()).block();
    }

    /** Calls a tool and puts its questions to the client, in the strongest form that it takes. */
    private static final class Dialogue {
        private final McpAsyncServerExchange exchange;
        private final Session session;
        private final boolean takesPages;
        private final boolean takesForms;
        private final long formEnd = System.nanoTime() + FORM.toNanos();

        private Dialogue(McpAsyncServerExchange exchange, Session session) {
            this.exchange = exchange;
            this.session = session;
            var elicitation = Optional.ofNullable(exchange.getClientCapabilities())
                    .map(McpSchema.ClientCapabilities::elicitation)
                    .filter(declared -> !session.version().equals("2025-03-26"));
            boolean url = elicitation.filter(declared -> declared.url() != null).isPresent();
            this.takesPages = url && session.version().equals("2025-11-25");
            // an empty declaration means forms
            this.takesForms = elicitation.isPresent()
                    && (!url
                            || elicitation
                                    .filter(declared -> declared.form() != null)
                                    .isPresent());
        }

        private Object answer(ServedTool tool, ToolRequest first) {
            var answer = tool.call(first);
            for (int asked = 0; answer instanceof Answer.Ask ask; asked++) {
                var reply = asked < MOST_QUESTIONS_IN_A_CALL ? put(ask) : Optional.<Reply>empty();
                if (reply.isEmpty()) {
                    return unanswered(tool, first, ask);
                }
                answer = tool.call(first.with(reply.get(), byForm(ask) ? left() : ToolRequest.PATIENCE));
                session.settled(ask.key(), answer instanceof Answer.Result result && !result.isError());
            }
            return answered(answer);
        }

        private Object answered(Answer answer) {
            return switch (answer) {
                case Answer.Result result -> result(result);
                case Answer.Fault fault -> throw error(fault.code(), fault.message());
                case Answer.InsufficientScope scope ->
                    throw error(JsonRpc.INVALID_REQUEST, "This needs the scopes " + scope.needed() + ".");
                case Answer.Ask ask -> result(Asking.elsewhere(ask));
            };
        }

        /** Nobody answered in the client; the person may have been at our page meanwhile. */
        private Object unanswered(ServedTool tool, ToolRequest first, Answer.Ask ask) {
            return answered(byForm(ask) ? tool.call(first) : ask);
        }

        private boolean byForm(Answer.Ask ask) {
            return takesForms && (ask.formDecides() || !takesPages);
        }

        /** Empty when the client cannot be asked, or did not answer in time. */
        private Optional<Reply> put(Answer.Ask ask) {
            if (byForm(ask)) {
                return form(ask);
            }
            if (!takesPages) {
                return Optional.empty();
            }
            if (session.firstTime(ask.key())) {
                throw pageRequired(ask);
            }
            // the client repeats the call that got -32042: the person is at the page, or was
            return Optional.of(new Reply(ask.approvalId(), ask.digest(), false, Action.ACCEPT));
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(0, formEnd - System.nanoTime()));
        }

        private Optional<Reply> form(Answer.Ask ask) {
            if (!left().isPositive()) {
                return Optional.empty();
            }
            var message = ask.formDecides() ? ask.message() : Asking.named(ask);
            var form = McpSchema.ElicitFormRequest.builder(message, Map.of("type", "object", "properties", Map.of()))
                    .build();
            try {
                var result = exchange.createElicitation(form).block(left());
                return Optional.ofNullable(result)
                        .map(given -> new Reply(ask.approvalId(), ask.digest(), ask.formDecides(), action(given)));
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted() || e.getCause() instanceof InterruptedException) {
                    throw new CallEndedException();
                }
                return Optional.empty(); // no answer in time, or the client refused the form: the page stays open
            }
        }

        private static Action action(McpSchema.ElicitResult result) {
            return switch (result.action()) {
                case ACCEPT -> Action.ACCEPT;
                case DECLINE -> Action.DECLINE;
                case CANCEL -> Action.CANCEL;
            };
        }
    }

    private static Object result(Answer.Result result) {
        return raw(result.members() + (result.meta().isEmpty() ? "" : ",\"_meta\":{" + result.meta() + "}"));
    }

    private static RawValue raw(String members) {
        return new RawValue("{" + members + "}");
    }

    private static McpError pageRequired(Answer.Ask ask) {
        var elicitation = Map.of(
                "mode", "url",
                "elicitationId", ask.approvalId().orElseGet(() -> RandomToken.sha256(ask.key())),
                "url", ask.page().toString(),
                "message", ask.message());
        return McpError.builder(URL_ELICITATION_REQUIRED)
                .message("The person must do something on a page first.")
                .data(Map.of("elicitations", List.of(elicitation)))
                .build();
    }

    private static McpError invalid(String message) {
        return error(JsonRpc.INVALID_PARAMS, message);
    }

    private static McpError error(int code, String message) {
        return McpError.builder(code).message(message).build();
    }
}
