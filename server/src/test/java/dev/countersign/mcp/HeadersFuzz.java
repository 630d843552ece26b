package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import tools.jackson.databind.JsonNode;

/**
 * Headers that say what the body says: lines of a head, an empty line, a body. What passes the check has each of the headers
 * once and equal to the body, and does not pass with one of them left out, doubled or changed. MCP 2026-07-28, streamable
 * HTTP, request metadata.
 */
public final class HeadersFuzz {
    private static final ToolRegistry TOOLS = new ToolRegistry(
            List.of(new FixtureTool("echo", request -> FixtureTool.text("")), FixtureTool.mirroring("query", """
                {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},
                "deep":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"N"}}}}}\
                """)));
    private static final List<Integer> CODES =
            List.of(ModernHeaders.HEADER_MISMATCH, ModernHeaders.UNSUPPORTED_VERSION, JsonRpc.INVALID_PARAMS);
    private static final List<String> NAMED =
            List.of("tools/call", "prompts/get", "resources/read", "tasks/get", "tasks/update", "tasks/cancel");

    private HeadersFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            return;
        }
        var headers = headers(text.substring(0, end));
        var message = MessageFuzz.parsed(text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
        message.ifPresent(known -> belongsToOneEra(headers, known));
        if (message.isPresent() && message.get() instanceof JsonRpc.Call call && passes(headers, call)) {
            saysWhatTheBodySays(headers, call);
        }
    }

    private static HttpFields headers(String lines) {
        var headers = HttpFields.build();
        for (var line : lines.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return headers.asImmutable();
    }

    private static void belongsToOneEra(HttpFields headers, JsonRpc.Message message) {
        if (McpEndpoint.isLegacy(headers, message)) {
            assertThat(headers.getValuesList(ModernHeaders.VERSION_HEADER))
                    .allMatch(version -> ModernHeaders.ALL_VERSIONS.indexOf(version.strip()) > 0);
            if (message instanceof JsonRpc.Call call) {
                assertThat(call.params().path("_meta").has(ModernHeaders.VERSION_KEY))
                        .isFalse();
                assertThat(call.method().equals("initialize") || headers.contains("Mcp-Session-Id"))
                        .isTrue();
            }
        }
    }

    private static boolean passes(HttpFields headers, JsonRpc.Call call) {
        try {
            ModernHeaders.check(headers, call, TOOLS);
            return true;
        } catch (JsonRpc.RpcException e) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(new String(e.body(), StandardCharsets.UTF_8)).contains("\"id\":" + call.id());
            assertThat(tools.jackson.databind.json.JsonMapper.shared()
                            .readTree(e.body())
                            .path("error")
                            .path("code")
                            .intValue())
                    .isIn(CODES);
            return false;
        }
    }

    private static void saysWhatTheBodySays(HttpFields headers, JsonRpc.Call call) {
        assertThat(McpEndpoint.isLegacy(headers, call)).isFalse();
        assertThat(once(headers, ModernHeaders.VERSION_HEADER)).hasValue(ModernHeaders.VERSION);
        assertThat(once(headers, "Mcp-Method")).hasValue(call.method());
        dependsOn(headers, ModernHeaders.VERSION_HEADER, call);
        dependsOn(headers, "Mcp-Method", call);
        if (NAMED.contains(call.method())) {
            var member = call.method().startsWith("tasks/")
                    ? "taskId"
                    : call.method().equals("resources/read") ? "uri" : "name";
            assertThat(decoded(headers, "Mcp-Name"))
                    .hasValue(call.params().path(member).stringValue());
            dependsOn(headers, "Mcp-Name", call);
        }
        if (call.method().equals("tools/call")
                && call.params().path("name").stringValue().equals("query")) {
            var arguments = call.params().path("arguments");
            mirrors(headers, "Mcp-Param-Region", arguments.path("region"));
            mirrors(headers, "Mcp-Param-N", arguments.path("deep").path("n"));
        }
    }

    private static void mirrors(HttpFields headers, String name, JsonNode value) {
        var header = decoded(headers, name);
        assertThat(header.isPresent()).isEqualTo(!value.isMissingNode() && !value.isNull());
        if (value.isString()) {
            assertThat(header).hasValue(value.stringValue());
        }
    }

    private static void dependsOn(HttpFields headers, String name, JsonRpc.Call call) {
        assertThat(passes(HttpFields.build(headers).remove(name), call)).isFalse();
        assertThat(passes(
                        HttpFields.build(headers).add(name, once(headers, name).orElseThrow()), call))
                .isFalse();
        assertThat(passes(
                        HttpFields.build(headers).put(name, once(headers, name).orElseThrow() + "x"), call))
                .isFalse();
    }

    private static Optional<String> once(HttpFields headers, String name) {
        var values = headers.getValuesList(name);
        assertThat(values.size()).isLessThanOrEqualTo(1);
        return values.stream().map(String::strip).findFirst();
    }

    private static Optional<String> decoded(HttpFields headers, String name) {
        return once(headers, name)
                .map(value -> value.startsWith("=?base64?") && value.endsWith("?=")
                        ? new String(
                                Base64.getDecoder().decode(value.substring(9, value.length() - 2)),
                                StandardCharsets.UTF_8)
                        : value);
    }
}
