package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import dev.countersign.mcp.ModernEra.Exchange;
import dev.countersign.oauth.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code subscriptions/listen}: streams that tell of changed resources and tasks. MCP 2026-07-28, subscriptions. */
final class ListenStreams {
    private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";

    /** A stream outlives no token by more than this: the client listens again, with a token that holds then. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** A comment keeps proxies from ending a silent stream, and finds out that the client is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** A desktop with a few clients has five. */
    static final int MOST_OF_ONE_PERSON = 32;

    private static final int MOST_NAMES = 100;

    private final Catalog catalog;
    private final Predicate<String> liveGrant;
    private final InFlight inFlight;
    private final ModernResults results;
    private final Set<Listener> all = ConcurrentHashMap.newKeySet();

    /** @param liveGrant whether a grant still stands: a stream ends with the grant that opened it */
    ListenStreams(Catalog catalog, Predicate<String> liveGrant, InFlight inFlight, ModernResults results) {
        this.catalog = catalog;
        this.liveGrant = liveGrant;
        this.inFlight = inFlight;
        this.results = results;
        catalog.changes().listen(this::resourceChanged);
        catalog.tasks().listen(this::taskChanged);
    }

    void open(JsonRpc.Call call, Exchange exchange) {
        var filter = call.params().path("notifications");
        if (!filter.isObject()) {
            throw ModernEra.invalid(call, "'notifications' must be an object that says what to hear of.");
        }
        if (filter.has("taskIds") && !Tasks.declared(ModernHeaders.capabilities(call))) {
            exchange.send(400, ModernCalls.lacking(call, Tasks.required()));
            return;
        }
        var listener = new Listener(
                call,
                exchange,
                resources(names(call, filter.path("resourceSubscriptions")), exchange.principal()),
                tasks(names(call, filter.path("taskIds")), call, exchange.principal()));
        exchange.request().addIdleTimeoutListener(timeout -> false);
        listener.begin();
    }

    private void admit(Listener listener, JsonRpc.Call call, Exchange exchange) {
        all.add(listener);
        var userId = exchange.principal().userId();
        if (all.stream().filter(other -> other.userId().equals(userId)).count() > MOST_OF_ONE_PERSON) {
            all.remove(listener);
            exchange.response().getHeaders().put(HttpHeader.RETRY_AFTER, "60");
            throw new RpcException(
                    429,
                    JsonRpc.INVALID_REQUEST,
                    "This person has too many streams open. Close some first.",
                    Optional.of(call.id()),
                    Optional.empty());
        }
    }

    private static Set<String> names(JsonRpc.Call call, JsonNode list) {
        var names = new HashSet<String>();
        if (list.isMissingNode()) {
            return names;
        }
        if (!list.isArray()
                || list.size() > MOST_NAMES
                || list.values().stream().anyMatch(name -> !name.isString())) {
            throw ModernEra.invalid(call, "What to hear of is an array of at most " + MOST_NAMES + " texts.");
        }
        list.values().forEach(name -> names.add(name.stringValue()));
        return names;
    }

    private Set<String> resources(Set<String> asked, Principal principal) {
        asked.removeIf(uri -> !catalog.maySubscribe(uri, principal));
        return Set.copyOf(asked);
    }

    private Set<String> tasks(Set<String> asked, JsonRpc.Call call, Principal principal) {
        var capabilities = ModernHeaders.capabilities(call);
        asked.removeIf(id -> catalog.tasks().find(principal, id, capabilities).isEmpty());
        return Set.copyOf(asked);
    }

    private void resourceChanged(String userId, String uri) {
        for (var listener : all) {
            if (listener.userId().equals(userId) && listener.resources.contains(uri)) {
                listener.send("notifications/resources/updated", ",\"uri\":" + ToolJson.quoted(uri));
            }
        }
    }

    private void taskChanged(String id) {
        for (var listener : all) {
            if (listener.tasks.contains(id)) {
                listener.tell(id);
            }
        }
    }

    /** Ends all, each with its response. */
    void close() {
        all.forEach(Listener::end);
    }

    int size() {
        return all.size();
    }

    /** One stream. */
    private final class Listener {
        private final JsonRpc.Call call;
        private final Exchange exchange;
        private final Set<String> resources;
        private final Set<String> tasks;
        private final EventStream stream;
        private final long openedAt = System.nanoTime();
        private final Runnable beat = this::beat;
        private long saidAt = openedAt;

        private Listener(JsonRpc.Call call, Exchange exchange, Set<String> resources, Set<String> tasks) {
            this.call = call;
            this.exchange = exchange;
            this.resources = resources;
            this.tasks = tasks;
            this.stream = new EventStream(exchange.response(), exchange.callback(), true, this::gone);
        }

        String userId() {
            return exchange.principal().userId();
        }

        /** The acknowledgement goes first: what changed meanwhile waits for it. */
        private synchronized void begin() {
            admit(this, call, exchange);
            inFlight.watch(beat);
            send("notifications/subscriptions/acknowledged", ",\"notifications\":" + granted());
            tasks.forEach(this::tell);
        }

        private ObjectNode granted() {
            var granted = JsonNodeFactory.instance.objectNode();
            if (!resources.isEmpty()) {
                resources.forEach(granted.putArray("resourceSubscriptions")::add);
            }
            if (!tasks.isEmpty()) {
                tasks.forEach(granted.putArray("taskIds")::add);
            }
            return granted;
        }

        private void tell(String taskId) {
            catalog.tasks()
                    .find(exchange.principal(), taskId, ModernHeaders.capabilities(call))
                    .ifPresent(task -> send("notifications/tasks", "," + task.detail()));
        }

        private synchronized void send(String method, String members) {
            if (allowed()) {
                stream.send(JsonRpc.notification(method, "\"_meta\":{" + subscription() + "}" + members));
            } else {
                end();
            }
        }

        private boolean allowed() {
            return liveGrant.test(exchange.principal().grantId());
        }

        private String subscription() {
            return "\"" + SUBSCRIPTION + "\":" + call.id();
        }

        private void beat() {
            long now = System.nanoTime();
            if (now - openedAt > LONGEST.toNanos() || !allowed()) {
                end();
            } else if (now - saidAt > SILENCE.toNanos()) {
                saidAt = now;
                stream.comment();
            }
        }

        private void end() {
            if (forgotten()) {
                stream.finish(
                        200, JsonRpc.result(call.id(), "\"resultType\":\"complete\"" + results.meta(subscription())));
            }
        }

        private void gone() {
            if (forgotten()) {
                stream.drop();
            }
        }

        private boolean forgotten() {
            inFlight.forget(beat);
            return all.remove(this);
        }
    }
}
