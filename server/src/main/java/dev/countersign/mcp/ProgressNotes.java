package dev.countersign.mcp;

import java.time.Duration;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Params of {@code notifications/progress} for one call: they only go up, and come ten times a second at most. MCP
 * 2026-07-28, progress.
 */
final class ProgressNotes implements ToolRequest.Progress {
    private static final long SHORTEST_GAP_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_CHARACTERS = 200;

    private final JsonNode token;
    private final Consumer<ObjectNode> sink;
    private double last = Double.NEGATIVE_INFINITY;
    private long sentAt = System.nanoTime() - SHORTEST_GAP_NANOS;

    private ProgressNotes(JsonNode token, Consumer<ObjectNode> sink) {
        this.token = token;
        this.sink = sink;
    }

    /** @param params of the request; without a token in their {@code _meta} nothing is sent */
    static ToolRequest.Progress of(ObjectNode params, Consumer<ObjectNode> sink) {
        var token = params.path("_meta").path("progressToken");
        return token.isString() || token.isIntegralNumber() ? new ProgressNotes(token, sink) : NONE;
    }

    @Override
    public synchronized void report(double done, double total, String message) {
        var now = System.nanoTime();
        boolean soon = now - sentAt < SHORTEST_GAP_NANOS && done < total;
        if (!Double.isFinite(done) || done <= last || soon) {
            return;
        }
        last = done;
        sentAt = now;
        var params = JsonNodeFactory.instance.objectNode();
        params.set("progressToken", token);
        params.put("progress", done);
        if (total > 0) {
            params.put("total", total);
        }
        if (!message.isEmpty()) {
            params.put("message", Asking.visible(message, MOST_CHARACTERS));
        }
        sink.accept(params);
    }
}
