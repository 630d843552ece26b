package dev.countersign.mcp;

import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource that is what a tool gives: reading it is a call of that tool by the same person, through the same checks and
 * into the same audit log.
 *
 * @param arguments of the tool, made from those of the read
 */
record ToolResource(
        String uri,
        ObjectNode definition,
        boolean subscribable,
        ServedTool tool,
        Function<ToolRequest, ObjectNode> arguments)
        implements ServedResource {
    static final String JSON_TYPE = "application/json";

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public Set<String> scopes() {
        return tool.scopes();
    }

    @Override
    public Answer read(ToolRequest request) {
        var answer = tool.call(withReply(request));
        return answer instanceof Answer.Result result ? read(result, JsonRpc.text(request.arguments(), "uri")) : answer;
    }

    /** The client's answer to a question of the tool goes on to the tool. */
    private ToolRequest withReply(ToolRequest request) {
        var call = request.with(arguments.apply(request));
        return request.reply()
                .map(reply -> call.with(reply, request.patience()))
                .orElse(call);
    }

    private static Answer read(Answer.Result result, String uri) {
        var tree = JSON.readTree("{" + result.members() + "}");
        var text = tree.path("content").path(0).path("text").asString("");
        return result.isError()
                ? new Answer.Fault(JsonRpc.INTERNAL_ERROR, text)
                : contents(uri, tree.path("structuredContent").toString());
    }

    static Answer.Result contents(String uri, String json) {
        var content = JsonNodeFactory.instance.objectNode().put("uri", uri);
        content.put("mimeType", JSON_TYPE).put("text", json);
        return new Answer.Result("\"contents\":[" + content + "]");
    }
}
