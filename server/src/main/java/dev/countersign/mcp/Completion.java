package dev.countersign.mcp;

import dev.countersign.mcp.Target.InvalidParamsException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code completion/complete}: what an argument of a prompt or a template may be. MCP 2026-07-28, completion. */
final class Completion {
    static final String METHOD = "completion/complete";

    /** The specification's limit. */
    private static final int MOST_VALUES = 100;

    private Completion() {}

    /** The values as a target, so that they are found under the same limits and scopes as what they are for. */
    static Target target(Catalog catalog, ObjectNode params) {
        var ref = params.path("ref");
        var argument = params.path("argument");
        if (!argument.path("name").isString() || !argument.path("value").isString()) {
            throw new InvalidParamsException("'argument' must have a 'name' and a 'value'.");
        }
        var name = argument.path("name").stringValue();
        var begun = argument.path("value").stringValue();
        return switch (JsonRpc.text(ref, "type")) {
            case "ref/prompt" -> {
                var prompt = catalog.prompts()
                        .find(JsonRpc.text(ref, "name"))
                        .orElseThrow(() -> new InvalidParamsException("Unknown prompt."));
                yield target(prompt.scopes(), params, request -> prompt.complete(request, name, begun));
            }
            case "ref/resource" -> {
                var uri = JsonRpc.text(ref, "uri");
                var template = catalog.resources()
                        .template(uri)
                        .or(() -> catalog.resources().match(uri).map(ResourceRegistry.Match::resource))
                        .orElseThrow(() -> InvalidParamsException.noResource(uri));
                yield target(template.scopes(), params, request -> template.complete(request, name, begun));
            }
            default -> throw new InvalidParamsException("'ref' must be a ref/prompt or a ref/resource.");
        };
    }

    private static Target target(Set<String> scopes, ObjectNode params, Function<ToolRequest, List<String>> values) {
        var known = params.path("context").path("arguments") instanceof ObjectNode given
                ? given
                : JsonNodeFactory.instance.objectNode();
        return new Target(METHOD, "", scopes, known, request -> result(values.apply(request)));
    }

    private static Answer result(List<String> values) {
        var completion = JsonNodeFactory.instance.objectNode();
        var shown = completion.putArray("values");
        values.stream().limit(MOST_VALUES).forEach(shown::add);
        completion.put("total", values.size()).put("hasMore", values.size() > MOST_VALUES);
        return new Answer.Result("\"completion\":" + completion, "", false);
    }
}
