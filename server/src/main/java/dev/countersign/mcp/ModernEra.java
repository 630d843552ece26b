package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.oauth.Principal;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Revision 2026-07-28: every request stands for itself, nothing is kept between two. The answer is one JSON object, or a
 * stream when the call reports progress or takes long.
 */
final class ModernEra {
    private static final String INPUT = "countersign";

    /** Tools change with a new release only. */
    private static final String CACHED = ",\"ttlMs\":300000,\"cacheScope\":\"public\"";

    private final ToolRegistry tools;
    private final RequestState states;
    private final InFlight inFlight;
    private final StepUp stepUp;
    private final ServerFacts facts;
    private final String serverInfo;

    ModernEra(ToolRegistry tools, RequestState states, InFlight inFlight, StepUp stepUp, ServerFacts facts) {
        this.tools = tools;
        this.states = states;
        this.inFlight = inFlight;
        this.stepUp = stepUp;
        this.facts = facts;
        this.serverInfo = facts.serverInfoMember();
    }

    /** Who calls, and where the answer goes. */
    record Exchange(
            Principal principal,
            dev.countersign.http.Request.Client network,
            Request request,
            Response response,
            Callback callback) {
        boolean mayStream() {
            var accept = request.getHeaders().get(HttpHeader.ACCEPT);
            return accept != null && (accept.contains("text/event-stream") || accept.contains("*/*"));
        }
    }

    void serve(JsonRpc.Call call, Exchange exchange) {
        ModernHeaders.check(exchange.request().getHeaders(), call, tools);
        switch (call.method()) {
            case "server/discover" -> send(exchange, 200, JsonRpc.result(call.id(), discovery()));
            case "tools/list" -> send(exchange, 200, JsonRpc.result(call.id(), list(call)));
            case "tools/call" -> callTool(call, exchange);
            default ->
                throw new RpcException(
                        404,
                        JsonRpc.METHOD_NOT_FOUND,
                        "There is no method of that name.",
                        Optional.of(call.id()),
                        Optional.empty());
        }
    }

    private String discovery() {
        var versions = JsonNodeFactory.instance.arrayNode();
        ModernHeaders.ALL_VERSIONS.forEach(versions::add);
        return "\"resultType\":\"complete\",\"supportedVersions\":" + versions + ",\"capabilities\":{\"tools\":{}}"
                + ",\"instructions\":" + ToolJson.quoted(facts.instructions()) + CACHED + meta("");
    }

    private String list(JsonRpc.Call call) {
        var cursor = call.params().path("cursor");
        if (!cursor.isMissingNode() && !cursor.isString()) {
            throw JsonRpc.bad(JsonRpc.INVALID_PARAMS, "'cursor' must be a string.", Optional.of(call.id()));
        }
        var page = tools.page(cursor.isString() ? Optional.of(cursor.stringValue()) : Optional.empty());
        return page.map(members -> "\"resultType\":\"complete\"," + members + CACHED + meta(""))
                .orElseThrow(() -> invalid(call, "There is no such page. List again without a cursor."));
    }

    private void callTool(JsonRpc.Call call, Exchange exchange) {
        var name = JsonRpc.text(call.params(), "name");
        var tool =
                tools.find(name).orElseThrow(() -> invalid(call, "Unknown tool. Call tools/list for those there are."));
        var arguments = arguments(call);
        if (!StepUp.covers(exchange.principal(), tool.scopes())) {
            refuse(call, exchange, new Answer.InsufficientScope(tool.scopes()));
            return;
        }
        var reply = reply(call, exchange.principal(), arguments);
        try (var running = inFlight.enter()) {
            var stream =
                    new EventStream(exchange.response(), exchange.callback(), exchange.mayStream(), running::cancel);
            running.eachTick(stream::comment);
            var request = new ToolRequest(
                    exchange.principal(),
                    exchange.network(),
                    arguments,
                    ProgressNotes.of(
                            call.params(),
                            params -> stream.send(JsonRpc.notification("notifications/progress", params))),
                    running,
                    reply,
                    ToolRequest.PATIENCE);
            answer(call, exchange, stream, tool, request);
        }
    }

    private void answer(
            JsonRpc.Call call, Exchange exchange, EventStream stream, ServedTool tool, ToolRequest request) {
        try {
            switch (tool.call(request)) {
                case Answer.Result result -> stream.finish(200, JsonRpc.result(call.id(), complete(result)));
                case Answer.Fault fault ->
                    stream.finish(
                            200,
                            JsonRpc.error(Optional.of(call.id()), fault.code(), fault.message(), Optional.empty()));
                case Answer.InsufficientScope scope -> {
                    stepUp.challenge(exchange.response(), scope.needed());
                    stream.finish(403, StepUp.body(call.id()));
                }
                case Answer.Ask ask ->
                    stream.finish(200, JsonRpc.result(call.id(), ask(ask, call, exchange.principal(), request, tool)));
            }
        } catch (CallEndedException e) {
            stream.drop();
        } catch (RuntimeException e) {
            stream.finish(
                    500,
                    JsonRpc.error(
                            Optional.of(call.id()), JsonRpc.INTERNAL_ERROR, ServerFacts.failed(e), Optional.empty()));
        }
    }

    private String ask(Answer.Ask ask, JsonRpc.Call call, Principal principal, ToolRequest request, ServedTool tool) {
        var elicitation =
                call.params().path("_meta").path(ModernHeaders.CAPABILITIES_KEY).path("elicitation");
        boolean takesPages = elicitation.has("url");
        boolean takesForms = elicitation.isObject() && (elicitation.has("form") || !takesPages);
        boolean inForm = takesForms && ask.formDecides();
        if (!takesPages && !takesForms) {
            return complete(Asking.elsewhere(ask));
        }
        var params = JsonNodeFactory.instance.objectNode();
        if (takesPages && !inForm) {
            params.put("mode", "url")
                    .put("message", ask.message())
                    .put("url", ask.page().toString());
        } else {
            params.put("mode", "form").put("message", inForm ? ask.message() : Asking.named(ask));
            params.putObject("requestedSchema").put("type", "object").putObject("properties");
        }
        var input = JsonNodeFactory.instance.objectNode();
        input.putObject(INPUT).put("method", "elicitation/create").set("params", params);
        var arguments = CanonicalJson.of(request.arguments());
        var state = states.seal(principal, tool.name(), arguments, ask, inForm);
        return "\"resultType\":\"input_required\",\"inputRequests\":" + input + ",\"requestState\":"
                + ToolJson.quoted(state) + meta("");
    }

    /** What the client brought back, where it did. Anything it changed makes the request invalid. */
    private Optional<Reply> reply(JsonRpc.Call call, Principal principal, ObjectNode arguments) {
        var sealed = call.params().path("requestState");
        var responses = call.params().path("inputResponses");
        if (sealed.isMissingNode()) {
            return Optional.empty();
        }
        if (!sealed.isString() || !(responses.isMissingNode() || responses.isObject())) {
            throw invalid(call, "'requestState' must be the string that was given, 'inputResponses' an object.");
        }
        var asked = canonical(arguments)
                .flatMap(
                        text -> states.open(principal, JsonRpc.text(call.params(), "name"), text, sealed.stringValue()))
                .orElseThrow(() ->
                        invalid(call, "'requestState' is not valid for this call any more. Call again without it."));
        return action(call, responses.path(INPUT)).map(asked::answered);
    }

    private static Optional<String> canonical(ObjectNode arguments) {
        try {
            return Optional.of(CanonicalJson.of(arguments));
        } catch (CanonicalJson.NotCanonicalException e) {
            return Optional.empty();
        }
    }

    private static Optional<Action> action(JsonRpc.Call call, JsonNode response) {
        if (response.isMissingNode()) {
            return Optional.empty();
        }
        return switch (response.path("action").stringValue("")) {
            case "accept" -> Optional.of(Action.ACCEPT);
            case "decline" -> Optional.of(Action.DECLINE);
            case "cancel" -> Optional.of(Action.CANCEL);
            default -> throw invalid(call, "'action' must be accept, decline or cancel.");
        };
    }

    private static ObjectNode arguments(JsonRpc.Call call) {
        var arguments = call.params().path("arguments");
        if (arguments.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!arguments.isObject()) {
            throw JsonRpc.bad(JsonRpc.INVALID_PARAMS, "'arguments' must be an object.", Optional.of(call.id()));
        }
        return (ObjectNode) arguments;
    }

    private void refuse(JsonRpc.Call call, Exchange exchange, Answer.InsufficientScope scope) {
        stepUp.challenge(exchange.response(), scope.needed());
        send(exchange, 403, StepUp.body(call.id()));
    }

    private String complete(Answer.Result result) {
        return result.members() + ",\"resultType\":\"complete\"" + meta(result.meta());
    }

    private String meta(String more) {
        return ",\"_meta\":{" + serverInfo + (more.isEmpty() ? "" : "," + more) + "}";
    }

    /** An error that a well-formed request gets: the status stays 200, so that nobody takes it for another era's. */
    private static RpcException invalid(JsonRpc.Call call, String message) {
        return new RpcException(200, JsonRpc.INVALID_PARAMS, message, Optional.of(call.id()), Optional.empty());
    }

    private static void send(Exchange exchange, int status, byte[] body) {
        McpEndpoint.send(exchange.response(), exchange.callback(), status, body);
    }
}
