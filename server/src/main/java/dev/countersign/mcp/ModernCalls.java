package dev.countersign.mcp;

import dev.countersign.approvals.CanonicalJson;
import dev.countersign.mcp.JsonRpc.RpcException;
import dev.countersign.mcp.ModernEra.Exchange;
import dev.countersign.mcp.RequestState.State;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs what a request of 2026-07-28 names, and says what came of it: a result, a question to the person, a request to the
 * client, or a task.
 */
final class ModernCalls {
    static final int MISSING_CAPABILITY = -32021;

    /** The key of our own questions among a client's input responses. */
    static final String INPUT = "countersign";

    /** What is read belongs to one person and may change at any time. */
    private static final String READ = ",\"ttlMs\":0,\"cacheScope\":\"private\"";

    private final Tasks tasks;
    private final RequestState states;
    private final InFlight inFlight;
    private final StepUp stepUp;
    private final ModernResults results;

    ModernCalls(Tasks tasks, RequestState states, InFlight inFlight, StepUp stepUp, ModernResults results) {
        this.tasks = tasks;
        this.states = states;
        this.inFlight = inFlight;
        this.stepUp = stepUp;
        this.results = results;
    }

    void serve(Target target, JsonRpc.Call call, Exchange exchange) {
        if (!StepUp.covers(exchange.principal(), target.scopes())) {
            stepUp.challenge(exchange.response(), target.scopes());
            exchange.send(403, StepUp.body(call.id()));
            return;
        }
        var state = state(target, call, exchange);
        var brought = responses(call);
        var reply = state.flatMap(
                opened -> opened instanceof State.Asked asked ? reply(asked, call, brought) : Optional.empty());
        var kept = state.flatMap(
                opened -> opened instanceof State.Kept round ? Optional.of(round.text()) : Optional.empty());
        try (var running = inFlight.enter()) {
            var stream =
                    new EventStream(exchange.response(), exchange.callback(), exchange.mayStream(), running::cancel);
            running.eachTick(stream::comment);
            var request = new ToolRequest(
                    exchange.principal(),
                    exchange.network(),
                    target.arguments(),
                    ProgressNotes.of(
                            call.params(),
                            params -> stream.send(JsonRpc.notification("notifications/progress", params))),
                    running,
                    reply,
                    ToolRequest.PATIENCE,
                    new Round(ModernHeaders.capabilities(call), brought, kept, Round.ClientLog.NONE));
            answer(new Asked(target, call, exchange, stream, request));
        }
    }

    /** One request on its way. */
    private record Asked(Target target, JsonRpc.Call call, Exchange exchange, EventStream stream, ToolRequest request) {
        void finish(String members) {
            stream.finish(200, JsonRpc.result(call.id(), members));
        }

        void fail(int status, int code, String message, Optional<ObjectNode> data) {
            stream.finish(status, JsonRpc.error(Optional.of(call.id()), code, message, data));
        }
    }

    private void answer(Asked asked) {
        try {
            switch (asked.target().body().apply(asked.request())) {
                case Answer.Result result -> asked.finish(complete(result, asked.target()));
                case Answer.Fault fault -> asked.fail(200, fault.code(), fault.message(), Optional.empty());
                case Answer.InsufficientScope scope -> {
                    stepUp.challenge(asked.exchange().response(), scope.needed());
                    asked.stream().finish(403, StepUp.body(asked.call().id()));
                }
                case Answer.Ask ask -> asked.finish(ask(ask, asked));
                case Answer.Input input -> asked.finish(input(input, asked));
                case Answer.Lacking lacking ->
                    asked.stream().finish(400, lacking(asked.call(), lacking.capabilities()));
                case Answer.Started(var taskId) -> asked.finish(created(taskId, asked));
            }
        } catch (CallEndedException e) {
            asked.stream().drop();
        } catch (Target.InvalidParamsException e) {
            asked.fail(200, JsonRpc.INVALID_PARAMS, e.sentence(), e.data());
        } catch (RuntimeException e) {
            asked.fail(500, JsonRpc.INTERNAL_ERROR, ServerFacts.failed(e), Optional.empty());
        }
    }

    static byte[] lacking(JsonRpc.Call call, ObjectNode capabilities) {
        var data = JsonNodeFactory.instance.objectNode();
        data.set("requiredCapabilities", capabilities);
        return JsonRpc.error(
                Optional.of(call.id()),
                MISSING_CAPABILITY,
                "This needs capabilities that the client has not declared.",
                Optional.of(data));
    }

    private String complete(Answer.Result result, Target target) {
        var cached = target.method().equals("resources/read") ? READ : "";
        return result.members() + ",\"resultType\":\"complete\"" + cached + results.meta(result.meta());
    }

    private String created(String taskId, Asked asked) {
        var task = tasks.find(
                        asked.exchange().principal(),
                        taskId,
                        asked.request().round().capabilities())
                .orElseThrow(() -> new IllegalStateException("a task was begun that is not there"));
        return "\"resultType\":\"task\"," + task.seed() + results.meta("");
    }

    private String input(Answer.Input input, Asked asked) {
        var requests = JsonNodeFactory.instance.objectNode();
        input.requests()
                .forEach((key, request) ->
                        requests.putObject(key).put("method", request.method()).set("params", request.params()));
        return inputRequired(requests, input.state().map(State.Kept::new), asked);
    }

    /** A decision that only our page takes is a task where the client takes those: it runs on when the person has decided. */
    private String ask(Answer.Ask ask, Asked asked) {
        var round = asked.request().round();
        if (round.takesTasks() && ask.approvalId().isPresent() && !ask.formDecides()) {
            return created(ask.approvalId().get(), asked);
        }
        var form = Asking.form(ask, round);
        if (form.isEmpty()) {
            return complete(Asking.elsewhere(ask), asked.target());
        }
        var requests = JsonNodeFactory.instance.objectNode();
        requests.set(INPUT, form.get());
        boolean inForm = ask.formDecides()
                && form.get().path("params").path("mode").asString().equals("form");
        return inputRequired(requests, Optional.of(new State.Asked(ask.approvalId(), ask.digest(), inForm)), asked);
    }

    private String inputRequired(ObjectNode requests, Optional<? extends State> state, Asked asked) {
        var sealed = state.map(kept -> states.seal(asked.exchange().principal(), asked.target(), kept))
                .map(text -> ",\"requestState\":" + ToolJson.quoted(text))
                .orElse("");
        return "\"resultType\":\"input_required\",\"inputRequests\":" + requests + sealed + results.meta("");
    }

    /** What the client carried here, where it did. Anything it changed makes the request invalid. */
    private Optional<State> state(Target target, JsonRpc.Call call, Exchange exchange) {
        var sealed = call.params().path("requestState");
        if (sealed.isMissingNode()) {
            return Optional.empty();
        }
        if (!sealed.isString()) {
            throw ModernEra.invalid(call, "'requestState' must be the string that was given.");
        }
        try {
            var state = states.open(exchange.principal(), target, sealed.stringValue());
            return Optional.of(state.orElseThrow(() -> stale(call)));
        } catch (CanonicalJson.NotCanonicalException e) {
            throw stale(call);
        }
    }

    private static RpcException stale(JsonRpc.Call call) {
        return ModernEra.invalid(
                call, "'requestState' is not valid for this request any more. Send it again without it.");
    }

    static Map<String, JsonNode> responses(JsonRpc.Call call) {
        var given = call.params().path("inputResponses");
        var responses = new HashMap<String, JsonNode>();
        if (given.isMissingNode()) {
            return responses;
        }
        if (!given.isObject() || given.values().stream().anyMatch(response -> !response.isObject())) {
            throw ModernEra.invalid(call, "'inputResponses' must be an object of objects.");
        }
        given.properties().forEach(entry -> responses.put(entry.getKey(), entry.getValue()));
        return responses;
    }

    private static Optional<Reply> reply(State.Asked asked, JsonRpc.Call call, Map<String, JsonNode> brought) {
        return Optional.ofNullable(brought.get(INPUT)).map(response -> asked.answered(action(call, response)));
    }

    private static Action action(JsonRpc.Call call, JsonNode response) {
        return switch (response.path("action").stringValue("")) {
            case "accept" -> Action.ACCEPT;
            case "decline" -> Action.DECLINE;
            case "cancel" -> Action.CANCEL;
            default -> throw ModernEra.invalid(call, "'action' must be accept, decline or cancel.");
        };
    }
}
