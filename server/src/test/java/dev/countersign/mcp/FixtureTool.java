package dev.countersign.mcp;

import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tool that does what the test says. */
record FixtureTool(String name, Set<String> scopes, ObjectNode definition, Function<ToolRequest, Answer> body)
        implements ServedTool {
    FixtureTool(String name, Function<ToolRequest, Answer> body) {
        this(name, Set.of(), definition(name, "{\"type\":\"object\"}"), body);
    }

    static FixtureTool needing(String scope, String name) {
        return new FixtureTool(
                name, Set.of(scope), definition(name, "{\"type\":\"object\"}"), request -> text("needs " + scope));
    }

    static FixtureTool mirroring(String name, String inputSchema) {
        return new FixtureTool(name, Set.of(), definition(name, inputSchema), request -> text("mirrored"));
    }

    static Answer text(String words) {
        return new Answer.Result(ToolJson.success(words, "{\"words\":" + ToolJson.quoted(words) + "}"));
    }

    private static ObjectNode definition(String name, String inputSchema) {
        var json = JsonMapper.shared();
        var definition = json.createObjectNode().put("name", name);
        definition.set("inputSchema", json.readTree(inputSchema));
        return definition;
    }

    @Override
    public boolean logs() {
        return name.endsWith("_with_logging");
    }

    @Override
    public Answer call(ToolRequest request) {
        return body.apply(request);
    }
}
