package dev.countersign.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The headers that mirror a request for those on its way. MCP 2026-07-28, streamable HTTP, request metadata. */
final class RequestMetadata {
    private static final String ENCODED_START = "=?base64?";
    private static final String ENCODED_END = "?=";

    private RequestMetadata() {}

    /** Fails when the method or the version holds what no header can: neither may be encoded. */
    static Map<String, String> headers(RpcMessage message, String method, String version)
            throws RpcMessage.UnreadableException {
        if (!isPlain(method) || !isPlain(version)) {
            throw new RpcMessage.UnreadableException(
                    RpcMessage.INVALID_REQUEST, "The method and the protocol version are plain ASCII.");
        }
        var headers = new LinkedHashMap<String, String>();
        headers.put("MCP-Protocol-Version", version);
        headers.put("Mcp-Method", method);
        name(message, method).ifPresent(name -> headers.put("Mcp-Name", encoded(name)));
        return headers;
    }

    private static Optional<String> name(RpcMessage message, String method) {
        var member = switch (method) {
            case "tools/call", "prompts/get" -> "name";
            case "resources/read" -> "uri";
            case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
            default -> "";
        };
        return message.params().path(member).stringValueOpt();
    }

    /** As a header's value: Base64 of UTF-8 between marks, unless it is plain. */
    static String encoded(String value) {
        boolean looksEncoded = value.startsWith(ENCODED_START) && value.endsWith(ENCODED_END);
        return isPlain(value) && value.equals(value.strip()) && !looksEncoded
                ? value
                : ENCODED_START
                        + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                        + ENCODED_END;
    }

    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
