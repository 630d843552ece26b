package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import dev.countersign.oauth.Principal;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Revision 2026-07-28: every request stands for itself, nothing is kept between two. The answer is one JSON object, or a
 * stream when the call reports progress or takes long.
 */
final class ModernEra {
    /** What there is changes with a new release only. */
    private static final String CACHED = ",\"ttlMs\":300000,\"cacheScope\":\"public\"";

    private final Catalog catalog;
    private final ModernResults results;
    private final ModernCalls calls;
    private final TaskMethods tasks;
    private final ListenStreams streams;
    private final String discovery;

    ModernEra(Catalog catalog, ModernCalls calls, ListenStreams streams, ModernResults results, ServerFacts facts) {
        this.catalog = catalog;
        this.results = results;
        this.calls = calls;
        this.streams = streams;
        this.tasks = new TaskMethods(catalog.tasks(), results);
        this.discovery = discovery(catalog, facts) + results.meta("");
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

        void send(int status, byte[] body) {
            McpEndpoint.send(response, callback, status, body);
        }
    }

    void serve(JsonRpc.Call call, Exchange exchange) {
        ModernHeaders.check(exchange.request().getHeaders(), call, catalog.tools());
        try {
            switch (call.method()) {
                case "server/discover" -> exchange.send(200, JsonRpc.result(call.id(), discovery));
                case "tools/list", "prompts/list", "resources/list", "resources/templates/list" -> list(call, exchange);
                case "subscriptions/listen" -> streams.open(call, exchange);
                case "tasks/get", "tasks/update", "tasks/cancel" -> tasks.serve(call, exchange);
                default ->
                    calls.serve(
                            catalog.target(call.method(), call.params()).orElseThrow(() -> noMethod(call)),
                            call,
                            exchange);
            }
        } catch (Target.InvalidParamsException e) {
            throw new RpcException(200, JsonRpc.INVALID_PARAMS, e.sentence(), Optional.of(call.id()), e.data());
        }
    }

    private static String discovery(Catalog catalog, ServerFacts facts) {
        var versions = JsonNodeFactory.instance.arrayNode();
        ModernHeaders.ALL_VERSIONS.forEach(versions::add);
        return "\"resultType\":\"complete\",\"supportedVersions\":" + versions + ",\"capabilities\":"
                + catalog.capabilities() + ",\"instructions\":" + ToolJson.quoted(facts.instructions()) + CACHED;
    }

    private void list(JsonRpc.Call call, Exchange exchange) {
        var members = catalog.list(call.method(), call.params()).orElseThrow(() -> noMethod(call));
        exchange.send(
                200, JsonRpc.result(call.id(), "\"resultType\":\"complete\"," + members + CACHED + results.meta("")));
    }

    private static RpcException noMethod(JsonRpc.Call call) {
        return new RpcException(
                404,
                JsonRpc.METHOD_NOT_FOUND,
                "There is no method of that name.",
                Optional.of(call.id()),
                Optional.empty());
    }

    /** An error that a well-formed request gets: the status stays 200, so that nobody takes it for another era's. */
    static RpcException invalid(JsonRpc.Call call, String message) {
        return new RpcException(200, JsonRpc.INVALID_PARAMS, message, Optional.of(call.id()), Optional.empty());
    }
}
