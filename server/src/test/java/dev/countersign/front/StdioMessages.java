package dev.countersign.front;

/** What clients of both eras write, a line each. */
final class StdioMessages {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"editor\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
            + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":{}},"
            + "\"clientInfo\":{\"name\":\"desktop\",\"version\":\"1\"}}}";
    static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private StdioMessages() {}

    static String modern(int id, String method, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s%s}}"
                .formatted(id, method, META, members);
    }

    static String modernCall(int id, String tool) {
        return modern(id, "tools/call", ",\"name\":\"" + tool + "\",\"arguments\":{}");
    }

    static String legacy(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, params);
    }

    static String legacyCall(int id, String tool) {
        return legacy(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{}}");
    }
}
