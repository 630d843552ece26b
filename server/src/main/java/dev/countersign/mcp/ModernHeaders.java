package dev.countersign.mcp;

import dev.countersign.mcp.JsonRpc.RpcException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks that the headers which proxies route by say what the body says. The body's values are the ones that count from
 * then on. MCP 2026-07-28, streamable HTTP, request metadata.
 */
final class ModernHeaders {
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;
    static final String VERSION_HEADER = "MCP-Protocol-Version";
    static final String VERSION = "2026-07-28";
    static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";
    static final String CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";

    /** Newest first; the older ones begin with {@code initialize}. */
    static final List<String> ALL_VERSIONS = List.of(VERSION, "2025-11-25", "2025-06-18", "2025-03-26");

    static final List<String> OLDER_VERSIONS = ALL_VERSIONS.subList(1, ALL_VERSIONS.size());

    private static final String ENCODED_START = "=?base64?";
    private static final String ENCODED_END = "?=";

    private ModernHeaders() {}

    /** Fails unless the request may be served. */
    static void check(HttpFields headers, JsonRpc.Call call, ToolRegistry tools) {
        var meta = call.params().path("_meta");
        if (!meta.path(VERSION_KEY).isString() || !meta.path(CAPABILITIES_KEY).isObject()) {
            if (once(headers, VERSION_HEADER, call).isEmpty()) {
                throw mismatch(call, VERSION_HEADER + " is missing");
            }
            throw JsonRpc.bad(
                    JsonRpc.INVALID_PARAMS,
                    "'_meta' must hold " + VERSION_KEY + " and " + CAPABILITIES_KEY + ".",
                    Optional.of(call.id()));
        }
        var version = JsonRpc.text(meta, VERSION_KEY);
        equal(call, VERSION_HEADER, once(headers, VERSION_HEADER, call), version);
        if (!version.equals(VERSION)) {
            throw unsupported(call, version);
        }
        equal(call, "Mcp-Method", once(headers, "Mcp-Method", call), call.method());
        switch (call.method()) {
            case "tools/call" -> {
                named(headers, call, "name");
                parameters(headers, call, tools);
            }
            case "prompts/get" -> named(headers, call, "name");
            case "resources/read" -> named(headers, call, "uri");
            case "tasks/get", "tasks/update", "tasks/cancel" -> named(headers, call, "taskId");
            default -> {}
        }
    }

    /** What the client declares in a request that was checked. */
    static ObjectNode capabilities(JsonRpc.Call call) {
        return (ObjectNode) call.params().path("_meta").path(CAPABILITIES_KEY);
    }

    private static void named(HttpFields headers, JsonRpc.Call call, String member) {
        var value = call.params().path(member);
        if (!value.isString()) {
            throw JsonRpc.bad(JsonRpc.INVALID_PARAMS, "'" + member + "' is missing.", Optional.of(call.id()));
        }
        var header = once(headers, "Mcp-Name", call).map(text -> decoded(call, "Mcp-Name", text));
        equal(call, "Mcp-Name", header, value.stringValue());
    }

    private static void parameters(HttpFields headers, JsonRpc.Call call, ToolRegistry tools) {
        var tool = tools.find(JsonRpc.text(call.params(), "name"));
        if (tool.isEmpty()) {
            return;
        }
        for (var mirrored : tools.mirrored(tool.get().name()).entrySet()) {
            var name = "Mcp-Param-" + mirrored.getKey();
            var header = once(headers, name, call).map(text -> decoded(call, name, text));
            JsonNode value = call.params().path("arguments");
            for (var step : mirrored.getValue()) {
                value = value.path(step);
            }
            if (value.isMissingNode() || value.isNull()) {
                if (header.isPresent()) {
                    throw mismatch(call, name + " names a value that the body does not have");
                }
            } else if (!header.map(matches(value)).orElse(false)) {
                throw mismatch(call, name + " is missing or differs from the body");
            }
        }
    }

    private static java.util.function.Function<String, Boolean> matches(JsonNode value) {
        return header -> {
            if (!value.isIntegralNumber()) {
                return header.equals(value.asString());
            }
            try {
                return new java.math.BigDecimal(header).compareTo(value.decimalValue()) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        };
    }

    /** Which arguments of a tool a client mirrors into headers: {@code Mcp-Param-} name to the path of the property. */
    static Map<String, List<String>> mirrored(JsonNode inputSchema) {
        var all = new LinkedHashMap<String, List<String>>();
        collect(inputSchema, List.of(), all);
        return all;
    }

    private static void collect(JsonNode schema, List<String> path, Map<String, List<String>> into) {
        for (var property : schema.path("properties").properties()) {
            var deeper = new java.util.ArrayList<>(path);
            deeper.add(property.getKey());
            var header = property.getValue().path("x-mcp-header");
            if (header.isString()) {
                into.put(header.stringValue(), List.copyOf(deeper));
            }
            collect(property.getValue(), deeper, into);
        }
    }

    /** The value of a header that stands at most once. */
    private static Optional<String> once(HttpFields headers, String name, JsonRpc.Call call) {
        var found = Optional.<String>empty();
        for (var field : headers) {
            if (field.is(name)) {
                if (found.isPresent()) {
                    throw mismatch(call, name + " stands more than once");
                }
                found = Optional.of(
                        Objects.requireNonNullElse(field.getValue(), "").strip());
            }
        }
        return found;
    }

    private static void equal(JsonRpc.Call call, String name, Optional<String> header, String body) {
        if (header.isEmpty()) {
            throw mismatch(call, name + " is missing");
        }
        if (!header.get().equals(body)) {
            throw mismatch(call, name + " differs from the body");
        }
    }

    private static String decoded(JsonRpc.Call call, String name, String value) {
        if (!value.startsWith(ENCODED_START) || !value.endsWith(ENCODED_END)) {
            if (!isPlain(value)) {
                throw mismatch(call, name + " holds characters that a header cannot");
            }
            return value;
        }
        try {
            var end = value.length() - ENCODED_END.length();
            var encoded = value.substring(ENCODED_START.length(), Math.max(end, ENCODED_START.length()));
            if (encoded.length() % 4 != 0) {
                throw mismatch(call, name + " is Base64 without its padding"); // the decoder would take it
            }
            var bytes = Base64.getDecoder().decode(encoded);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw mismatch(call, name + " is not Base64 of UTF-8");
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < 0x20 || c > 0x7e)) {
                return false;
            }
        }
        return true;
    }

    private static RpcException mismatch(JsonRpc.Call call, String what) {
        return new RpcException(
                400, HEADER_MISMATCH, "Header mismatch: " + what + ".", Optional.of(call.id()), Optional.empty());
    }

    private static RpcException unsupported(JsonRpc.Call call, String requested) {
        var data = JsonNodeFactory.instance.objectNode();
        var supported = data.putArray("supported");
        ALL_VERSIONS.forEach(supported::add);
        data.put("requested", requested);
        return new RpcException(
                400, UNSUPPORTED_VERSION, "Unsupported protocol version", Optional.of(call.id()), Optional.of(data));
    }
}
