package dev.countersign.bench;

import java.util.List;
import java.util.stream.Stream;

/** The requests that servers are given. */
final class Requests {
    private static final List<String> JSON =
            List.of("Content-Type: application/json", "Accept: application/json, text/event-stream");

    private Requests() {}

    /** A call of a tool, 2026-07-28. */
    static Load.Request modern(String tool, String... headers) {
        return modernCall(tool, "", headers);
    }

    /** A call that wants to hear how far it is, so that its answer is a stream. */
    static Load.Request held(String tool, String... headers) {
        return modernCall(tool, ",\"progressToken\":1", headers);
    }

    private static Load.Request modernCall(String tool, String meta, String... headers) {
        var named = Stream.concat(Stream.of("Mcp-Name: " + tool), Stream.of(headers));
        return request(
                "tools/call",
                "\"name\":\"" + tool + "\",\"arguments\":{\"text\":\"no %d\"}",
                meta,
                named.toArray(String[]::new));
    }

    /** A stream that nothing is told on, 2026-07-28. */
    static Load.Request listen(String... headers) {
        return request("subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}", "", headers);
    }

    private static Load.Request request(String method, String members, String meta, String... headers) {
        var all = Stream.of(
                JSON.stream(),
                Stream.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: " + method),
                Stream.of(headers));
        return new Load.Request(
                all.flatMap(each -> each).toList(),
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"" + method + "\",\"params\":{" + members
                        + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"bench\",\"version\":\"1\"},"
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}" + meta + "}}}");
    }

    /** A call of a tool, 2025-11-25. */
    static Load.Request legacy(String tool, String... headers) {
        return new Load.Request(
                Stream.concat(JSON.stream(), Stream.of(headers)).toList(),
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                        + "\",\"arguments\":{\"text\":\"no %d\"}}}");
    }
}
