package dev.countersign.mcp;

import dev.countersign.approvals.CallOutcome;
import java.net.URI;
import java.util.Optional;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes the members of a CallToolResult. MCP 2026-07-28, server/tools. */
final class ToolJson {
    private ToolJson() {}

    /** @param structured the JSON of the structured content */
    static String success(String text, String structured) {
        return content(text) + ",\"structuredContent\":" + structured;
    }

    /** A failure that the model reads, and may mend. */
    static Answer.Result failure(String sentence) {
        return new Answer.Result(content(sentence) + ",\"isError\":true", "", true);
    }

    /**
     * Says that a person must do something on a page, to a client that cannot ask them. It has no structured content, and
     * every tool has an output schema, so it is an error.
     */
    static Answer.Result elsewhere(String sentence, String status, URI page, Optional<String> id) {
        var meta = JsonNodeFactory.instance.objectNode();
        meta.put("dev.countersign/status", status);
        meta.put("dev.countersign/url", page.toString());
        id.ifPresent(known -> meta.put("dev.countersign/id", known));
        var text = meta.toString();
        return new Answer.Result(content(sentence) + ",\"isError\":true", text.substring(1, text.length() - 1), true);
    }

    /** What an approved call that has ended tells the client. */
    static Answer.Result ended(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Executed(var json) -> Answer.Result.stored(json);
            case CallOutcome.Denied(var message) -> failure(message);
            case CallOutcome.Expired(var message) -> failure(message);
            case CallOutcome.Superseded(var message) -> failure(message);
            case CallOutcome.Failed(var message) -> failure(message);
            case CallOutcome.Unknown(var message) -> failure(message);
        };
    }

    private static String content(String text) {
        return "\"content\":[{\"type\":\"text\",\"text\":" + quoted(text) + "}]";
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
