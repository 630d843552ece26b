package dev.countersign.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One JSON-RPC message: its bytes, which are passed on as they are, and what the bridge must know of it. */
final class RpcMessage {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int INTERNAL_ERROR = -32603;

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

    private final byte[] bytes;
    private final ObjectNode tree;

    private RpcMessage(byte[] bytes, ObjectNode tree) {
        this.bytes = bytes;
        this.tree = tree;
    }

    /** What a message is for. Ids are kept as JSON, so that {@code 1} and {@code "1"} differ. */
    sealed interface Kind {
        record Request(String id, String method) implements Kind {}

        record Notification(String method) implements Kind {}

        /** @param id absent where the sender could not read whose answer it is */
        record Reply(Optional<String> id) implements Kind {}
    }

    /** Why some bytes are no message, as JSON-RPC says it. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        private final int code;

        UnreadableException(int code, String sentence) {
            super(sentence);
            this.code = code;
        }

        int code() {
            return code;
        }

        /** The answer to who sent it. JSON-RPC 2.0 section 5: the id is null, since it could not be read. */
        byte[] answer() {
            return error("null", code, String.valueOf(getMessage()), Map.of());
        }
    }

    static RpcMessage read(byte[] bytes) throws UnreadableException {
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new UnreadableException(PARSE_ERROR, "The line is no JSON. Send one message a line.");
        }
        if (!(tree instanceof ObjectNode message)) {
            throw new UnreadableException(INVALID_REQUEST, "Send one JSON-RPC message a line, and no batches.");
        }
        return new RpcMessage(bytes, message);
    }

    Kind kind() {
        var id = Optional.ofNullable(tree.get("id")).map(JsonNode::toString);
        var method = tree.path("method").stringValue("");
        if (method.isEmpty() && (tree.has("result") || tree.has("error"))) {
            return new Kind.Reply(id.filter(known -> !known.equals("null")));
        }
        return id.<Kind>map(known -> new Kind.Request(known, method)).orElseGet(() -> new Kind.Notification(method));
    }

    /** The revision that its metadata names; absent before 2026-07-28. MCP 2026-07-28, basic, {@code _meta}. */
    Optional<String> version() {
        return params().path("_meta").path(VERSION_KEY).stringValueOpt();
    }

    JsonNode params() {
        return tree.path("params");
    }

    JsonNode result() {
        return tree.path("result");
    }

    JsonNode error() {
        return tree.path("error");
    }

    /** On one line. A line break in JSON can only stand between its parts, never in a text. */
    byte[] line() {
        var line = bytes.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /**
     * An error of the bridge's own.
     *
     * @param id as JSON
     * @param data why, for programs
     */
    static byte[] error(String id, int code, String sentence, Map<String, String> data) {
        var error = JSON.createObjectNode().put("code", code).put("message", sentence);
        if (!data.isEmpty()) {
            var more = error.putObject("data");
            data.forEach(more::put);
        }
        return failed(id, error);
    }

    /** @param id as JSON */
    static byte[] failed(String id, JsonNode error) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":" + error + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "RpcMessage[…]"; // its content is not ours to log
    }
}
