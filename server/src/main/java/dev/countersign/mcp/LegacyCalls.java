package dev.countersign.mcp;

import dev.countersign.mcp.LegacyEra.Incoming;
import dev.countersign.vault.RandomToken;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Runs what a request of the older revisions names, in a {@link LegacyDialogue} with its client. */
final class LegacyCalls {
    private static final int URL_ELICITATION_REQUIRED = -32042;

    /** MCP 2025-11-25, resources, error handling. */
    private static final int NO_RESOURCE = -32002;

    private final Catalog catalog;
    private final InFlight inFlight;

    LegacyCalls(Catalog catalog, InFlight inFlight) {
        this.catalog = catalog;
        this.inFlight = inFlight;
    }

    /** Fails with {@link McpError}, which the SDK sends. */
    Object serve(McpAsyncServerExchange exchange, Incoming incoming) {
        var session = incoming.session().orElseThrow();
        var call = (JsonRpc.Call) incoming.message().orElseThrow();
        var requestId = call.id().toString();
        try (var running = inFlight.enter()) {
            session.runs(requestId, running);
            var target = catalog.target(call.method(), call.params()).orElseThrow();
            var request = new ToolRequest(
                    incoming.principal(),
                    incoming.network(),
                    target.arguments(),
                    ProgressNotes.of(call.params(), params -> progress(exchange, params)),
                    running,
                    Optional.empty(),
                    ToolRequest.PATIENCE,
                    round(exchange, session));
            return new LegacyDialogue(exchange, session).answer(target.body(), request);
        } catch (McpError | CallEndedException e) {
            throw e;
        } catch (Target.InvalidParamsException e) {
            throw invalid(e);
        } catch (RuntimeException e) {
            throw error(JsonRpc.INTERNAL_ERROR, ServerFacts.failed(e)); // the SDK would send its message
        } finally {
            session.ended(requestId);
        }
    }

    private static Round round(McpAsyncServerExchange exchange, LegacySessions.Session session) {
        var declared = Optional.ofNullable(exchange.getClientCapabilities())
                .map(LegacyEra.JSON::<JsonNode>valueToTree)
                .filter(JsonNode::isObject)
                .map(node -> (ObjectNode) node)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        declared.remove("extensions"); // extensions came with 2026-07-28
        return new Round(declared, Map.of(), Optional.empty(), (level, text) -> log(exchange, session, level, text));
    }

    private static void log(
            McpAsyncServerExchange exchange, LegacySessions.Session session, String level, String text) {
        var known = McpSchema.LoggingLevel.valueOf(level.toUpperCase(Locale.ROOT));
        if (session.logs(known)) {
            exchange.loggingNotification(McpSchema.LoggingMessageNotification.builder(known, text)
                            .build())
                    .block();
        }
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

    static RawValue result(Answer.Result result) {
        return LegacyEra.raw(result.members() + (result.meta().isEmpty() ? "" : ",\"_meta\":{" + result.meta() + "}"));
    }

    static McpError pageRequired(Answer.Ask ask) {
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

    static McpError invalid(Target.InvalidParamsException invalid) {
        var code = invalid.isNoResource() ? NO_RESOURCE : JsonRpc.INVALID_PARAMS;
        var error = McpError.builder(code).message(invalid.sentence());
        invalid.data().ifPresent(error::data);
        return error.build();
    }

    static McpError error(int code, String message) {
        return McpError.builder(code).message(message).build();
    }
}
