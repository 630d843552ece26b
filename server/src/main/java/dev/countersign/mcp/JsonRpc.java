package dev.countersign.mcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 messages as MCP uses them: one to a body, no batches. MCP 2026-07-28, basic, messages. */
final class JsonRpc {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;

    /** No tool of ours nests deeper than 10; what does is an attack on the parser's stack. */
    private static final int MOST_NESTING = 64;

    private static final int MOST_NUMBER_DIGITS = 64;
    private static final int MOST_NAME_CHARACTERS = 256;
    private static final int MOST_ID_CHARACTERS = 256;

    private static final JsonMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_NESTING)
                            .maxNumberLength(MOST_NUMBER_DIGITS)
                            .maxNameLength(MOST_NAME_CHARACTERS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonRpc() {}

    /** A message that came. */
    sealed interface Message {}

    /** @param id a string or an integer, as JSON */
    record Call(JsonNode id, String method, ObjectNode params) implements Message {}

    record Notification(String method, ObjectNode params) implements Message {}

    /** An answer to a request of ours; only the eras before 2026-07-28 have such. */
    record Reply() implements Message {}

    /** A message that cannot be taken, with the HTTP status that says so. */
    static final class RpcException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;
        private final int code;
        private final String sentence;
        private final transient Optional<JsonNode> id;
        private final transient Optional<ObjectNode> data;

        RpcException(int status, int code, String message, Optional<JsonNode> id, Optional<ObjectNode> data) {
            super(message, null, false, false);
            this.status = status;
            this.code = code;
            this.sentence = message;
            this.id = id;
            this.data = data;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return error(id, code, sentence, data);
        }
    }

    static Message parse(byte[] body) {
        if (!isUtf8(body)) {
            throw unreadable();
        }
        JsonNode tree;
        try {
            tree = READER.readTree(body);
        } catch (JacksonException e) {
            throw unreadable();
        }
        if (tree.isArray()) {
            throw bad(INVALID_REQUEST, "Batches are not taken. Send one message.", Optional.empty());
        }
        if (!(tree instanceof ObjectNode message) || !"2.0".equals(text(message, "jsonrpc"))) {
            throw bad(INVALID_REQUEST, "The body must be a JSON-RPC 2.0 message.", Optional.empty());
        }
        return message(message);
    }

    private static RpcException unreadable() {
        return bad(
                PARSE_ERROR,
                "The body is no JSON that this server takes: UTF-8, one object, no name twice, at most " + MOST_NESTING
                        + " levels.",
                Optional.empty());
    }

    /** The parser knows names it has met by their bytes, and takes some that are no UTF-8 for them. RFC 8259 section 8.1. */
    private static boolean isUtf8(byte[] body) {
        for (byte each : body) {
            if (each < 0) {
                return decodes(body);
            }
        }
        return true;
    }

    private static boolean decodes(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Message message(ObjectNode message) {
        var id = Optional.ofNullable(message.get("id"));
        if (!message.has("method") && (message.has("result") || message.has("error"))) {
            return new Reply();
        }
        var method = text(message, "method");
        if (id.isPresent() && !isId(id.get())) {
            throw bad(INVALID_REQUEST, "'id' must be a string or an integer.", Optional.empty());
        }
        if (method.isEmpty()) {
            throw bad(INVALID_REQUEST, "'method' is missing.", id);
        }
        var params = message.get("params");
        if (params != null && !params.isObject()) {
            throw bad(INVALID_PARAMS, "'params' must be an object.", id);
        }
        var values = params == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) params;
        return id.isPresent() ? new Call(id.get(), method, values) : new Notification(method, values);
    }

    private static boolean isId(JsonNode id) {
        return (id.isString() && id.stringValue().length() <= MOST_ID_CHARACTERS && isWhole(id.stringValue()))
                || (id.isIntegralNumber() && id.canConvertToLong());
    }

    /** Half a surrogate pair has no UTF-8: the answer would come under another id. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The text of a member, or an empty one. */
    static String text(JsonNode object, String name) {
        return object.path(name).stringValue("");
    }

    static RpcException bad(int code, String message, Optional<JsonNode> id) {
        return new RpcException(400, code, message, id, Optional.empty());
    }

    /** @param members the JSON of the result without its braces */
    static byte[] result(JsonNode id, String members) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":" + written(id) + ",\"result\":{" + members + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String written(JsonNode id) {
        return id.isString() ? ToolJson.quoted(id.stringValue()) : id.asString();
    }

    static byte[] error(Optional<JsonNode> id, int code, String message, Optional<ObjectNode> data) {
        var node = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        id.ifPresent(known -> node.set("id", known));
        var error = node.putObject("error").put("code", code).put("message", message);
        data.ifPresent(more -> error.set("data", more));
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param members the JSON of the params without its braces */
    static byte[] notification(String method, String members) {
        return ("{\"jsonrpc\":\"2.0\",\"method\":" + ToolJson.quoted(method) + ",\"params\":{" + members + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] notification(String method, ObjectNode params) {
        var node = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", method);
        node.set("params", params);
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
