package dev.countersign.mcp;

import dev.countersign.mcp.LegacySessions.Session;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls what a client named and puts its questions to the client, in the strongest form that it takes. */
final class LegacyDialogue {
    /** Questions follow each other at most so often in one call: a link, then a confirmation. */
    private static final int MOST_QUESTIONS_IN_A_CALL = 4;

    private final McpAsyncServerExchange exchange;
    private final Session session;
    private final boolean takesPages;
    private final boolean takesForms;
    private final long formEnd = System.nanoTime() + LegacyEra.FORM.toNanos();

    LegacyDialogue(McpAsyncServerExchange exchange, Session session) {
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

    Object answer(Function<ToolRequest, Answer> body, ToolRequest first) {
        var request = first;
        var answer = body.apply(request);
        for (int asked = 0; ; asked++) {
            if (answer instanceof Answer.Input input && asked < MOST_QUESTIONS_IN_A_CALL) {
                request = request.with(request.round().next(brought(input), input.state()));
                answer = body.apply(request);
            } else if (answer instanceof Answer.Ask ask) {
                var reply = asked < MOST_QUESTIONS_IN_A_CALL ? put(ask) : Optional.<Reply>empty();
                if (reply.isEmpty()) {
                    return unanswered(body, request, ask);
                }
                answer = body.apply(request.with(reply.get(), byForm(ask) ? left() : ToolRequest.PATIENCE));
                session.settled(ask.key(), answer instanceof Answer.Result result && !result.isError());
            } else {
                return answered(answer);
            }
        }
    }

    private Object answered(Answer answer) {
        return switch (answer) {
            case Answer.Result result -> LegacyCalls.result(result);
            case Answer.Fault fault -> throw LegacyCalls.error(fault.code(), fault.message());
            case Answer.InsufficientScope scope ->
                throw LegacyCalls.error(JsonRpc.INVALID_REQUEST, "This needs the scopes " + scope.needed() + ".");
            case Answer.Ask ask -> LegacyCalls.result(Asking.elsewhere(ask));
            case Answer.Lacking lacking ->
                throw LegacyCalls.error(
                        JsonRpc.INVALID_REQUEST,
                        "This needs capabilities that the client has not declared: " + lacking.capabilities());
            case Answer.Input input ->
                throw LegacyCalls.error(JsonRpc.INVALID_REQUEST, "This asks the client too often in one call.");
            case Answer.Started started ->
                throw new IllegalStateException("a client of an older revision takes no task");
        };
    }

    /** Nobody answered in the client; the person may have been at our page meanwhile. */
    private Object unanswered(Function<ToolRequest, Answer> body, ToolRequest first, Answer.Ask ask) {
        return answered(byForm(ask) ? body.apply(first) : ask);
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
            throw LegacyCalls.pageRequired(ask);
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
            endedOrElse(e);
            return Optional.empty(); // no answer in time, or the client refused the form: the page stays open
        }
    }

    private static void endedOrElse(RuntimeException failure) {
        if (Thread.currentThread().isInterrupted() || failure.getCause() instanceof InterruptedException) {
            throw new CallEndedException();
        }
    }

    private static Action action(McpSchema.ElicitResult result) {
        return switch (result.action()) {
            case ACCEPT -> Action.ACCEPT;
            case DECLINE -> Action.DECLINE;
            case CANCEL -> Action.CANCEL;
        };
    }

    /** Sends each request on the call's own stream and waits for its answer. */
    private Map<String, JsonNode> brought(Answer.Input input) {
        var brought = new HashMap<String, JsonNode>();
        input.requests().forEach((key, request) -> brought.put(key, LegacyEra.JSON.valueToTree(send(request))));
        return brought;
    }

    private Object send(Answer.Input.Request request) {
        try {
            var answer = request(request).block(LegacyEra.FORM);
            if (answer == null) {
                throw LegacyCalls.error(JsonRpc.INTERNAL_ERROR, "The client gave no answer.");
            }
            return answer;
        } catch (io.modelcontextprotocol.spec.McpError e) {
            throw e;
        } catch (RuntimeException e) {
            endedOrElse(e);
            throw LegacyCalls.error(
                    JsonRpc.INTERNAL_ERROR, "The client did not answer " + request.method() + " in time, or cannot.");
        }
    }

    private Mono<?> request(Answer.Input.Request request) throws JacksonException {
        var params = request.params();
        return switch (request.method()) {
            case "elicitation/create" ->
                exchange.createElicitation(McpSchema.ElicitFormRequest.builder(
                                JsonRpc.text(params, "message"),
                                LegacyEra.JSON.convertValue(
                                        params.path("requestedSchema"),
                                        new tools.jackson.core.type.TypeReference<Map<String, Object>>() {}))
                        .build());
            case "sampling/createMessage" ->
                exchange.createMessage(LegacyEra.JSON.treeToValue(params, McpSchema.CreateMessageRequest.class));
            case "roots/list" -> exchange.listRoots();
            default -> throw new IllegalStateException("a client is not asked for " + request.method());
        };
    }
}
