package dev.countersign.mcp;

import dev.countersign.connections.RecordJson;
import dev.countersign.connector.Call;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Scope;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A tool with its schemas, which its first use makes and compiles. */
final class CheckedTool<I extends Record, O extends Record> {
    private final Tool<I, O> tool;
    private final Once<Described> described;

    /** What is said of a tool, and what its arguments and results are held to. */
    private record Described(ObjectNode definition, SchemaCheck input, SchemaCheck output) {
        static Described of(Tool<?, ?> tool) {
            var input = RecordSchema.input(tool.input());
            var output = RecordSchema.output(tool.output());
            return new Described(
                    CheckedTool.definition(tool, input, output), new SchemaCheck(input), new SchemaCheck(output));
        }
    }

    CheckedTool(Tool<I, O> tool) {
        this.tool = tool;
        this.described = Once.of(() -> Described.of(tool));
    }

    private static ObjectNode definition(Tool<?, ?> tool, ObjectNode inputSchema, ObjectNode outputSchema) {
        var definition = JsonNodeFactory.instance
                .objectNode()
                .put("name", tool.name())
                .put("title", tool.title())
                .put("description", tool.description());
        definition.set("inputSchema", inputSchema);
        definition.set("outputSchema", outputSchema);
        definition.set("annotations", annotations(tool));
        return definition;
    }

    /** Hints only, but true ones. MCP 2026-07-28, schema, ToolAnnotations. */
    private static ObjectNode annotations(Tool<?, ?> tool) {
        var annotations = JsonNodeFactory.instance.objectNode();
        boolean reads = tool.effect() == Effect.READ;
        annotations.put("readOnlyHint", reads);
        if (!reads) {
            annotations.put("destructiveHint", tool.effect() == Effect.DELETE);
            annotations.put("idempotentHint", tool.effect() == Effect.DELETE);
        }
        // what lies in accounts, and what search finds, was written by anybody
        boolean open = tool.accounts() != Tool.Accounts.NONE || tool.scopes().contains(Scope.SEARCH.value());
        return annotations.put("openWorldHint", open);
    }

    Tool<I, O> tool() {
        return tool;
    }

    /** Fails with {@link IllegalArgumentException} when a record cannot be described. */
    ObjectNode definition() {
        return described.get().definition();
    }

    /** What the model must mend before the call makes sense; empty when nothing. */
    List<String> problems(JsonNode arguments) {
        return described.get().input().problems(arguments);
    }

    I read(JsonNode arguments) {
        return RecordJson.ARGUMENTS.read(arguments, tool.input());
    }

    /** The question of a tool that acts. */
    Question question(I in, Call call) {
        return tool.question()
                .orElseThrow(() -> new IllegalStateException(tool.name() + " reads only and asks nothing"))
                .about(in, call);
    }

    Optional<O> recovered(I in, Call call) {
        return tool.recover().orElseThrow().resultOf(in, call);
    }

    /** What others wrote in a kept result: all of it when it is of another form than the tool gives now. */
    List<Foreign> foreign(String stored) {
        var structured = JsonMapper.shared().readTree(stored).path("structuredContent");
        try {
            return tool.foreign().apply(RecordJson.ARGUMENTS.read(structured, tool.output()));
        } catch (JacksonException e) {
            return List.of(new Foreign("somebody", "an earlier result of " + tool.title(), stored));
        }
    }

    /**
     * The members of the result; its text is its JSON where the tool says none. Fails when it is not what the tool's schema
     * promises.
     */
    String members(O result) {
        var tree = RecordJson.ARGUMENTS.tree(result);
        var problems = described.get().output().problems(tree);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(tool.name() + " gave a result that its schema does not allow");
        }
        var json = tree.toString();
        return ToolJson.success(tool.text().map(text -> text.apply(result)).orElse(json), json);
    }
}
