package dev.countersign.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which arguments of a tool go into headers, as lists of tools have said. MCP 2026-07-28, {@code x-mcp-header}. */
final class ToolParameters {
    /** RFC 9110 section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private final Map<String, Map<String, List<String>>> byTool = new ConcurrentHashMap<>();

    /** Reads a result of {@code tools/list}. */
    void learn(JsonNode result) {
        for (var tool : result.path("tools")) {
            var mirrored = new LinkedHashMap<String, List<String>>();
            collect(tool.path("inputSchema"), List.of(), mirrored);
            byTool.put(tool.path("name").stringValue(""), Map.copyOf(mirrored));
        }
    }

    private static void collect(JsonNode schema, List<String> path, Map<String, List<String>> into) {
        for (var property : schema.path("properties").properties()) {
            var deeper = new ArrayList<>(path);
            deeper.add(property.getKey());
            var name = property.getValue().path("x-mcp-header").stringValue("");
            if (TOKEN.matcher(name).matches()) {
                into.put(name, List.copyOf(deeper));
            }
            collect(property.getValue(), deeper, into);
        }
    }

    /** The headers of one call; what the call leaves out has none. */
    Map<String, String> headers(RpcMessage call) {
        var headers = new LinkedHashMap<String, String>();
        var tool = call.params().path("name").stringValue("");
        byTool.getOrDefault(tool, Map.of()).forEach((name, path) -> {
            JsonNode value = call.params().path("arguments");
            for (var step : path) {
                value = value.path(step);
            }
            if (value.isString() || value.isBoolean() || value.isIntegralNumber()) {
                headers.put("Mcp-Param-" + name, RequestMetadata.encoded(value.asString()));
            }
        });
        return headers;
    }
}
