package dev.countersign.mcp;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A prompt of the conformance scenarios. */
record FixturePrompt(String name, ObjectNode definition, Function<ToolRequest, Answer> body) implements ServedPrompt {
    private static final List<String> KNOWN = List.of("paris", "park", "party");

    static List<FixturePrompt> all() {
        var image = "{\"type\":\"image\",\"data\":\"" + FixtureTools.PNG + "\",\"mimeType\":\"image/png\"}";
        return List.of(
                prompt("test_simple_prompt", request -> messages(text("This is a simple prompt for testing."))),
                prompt(
                        "test_prompt_with_arguments",
                        request -> messages(text("Prompt with arguments: arg1='" + argument(request, "arg1")
                                + "', arg2='" + argument(request, "arg2") + "'")),
                        "arg1",
                        "arg2"),
                prompt(
                        "test_prompt_with_embedded_resource",
                        request -> messages(
                                "{\"type\":\"resource\",\"resource\":{\"uri\":"
                                        + ToolJson.quoted(argument(request, "resourceUri"))
                                        + ",\"mimeType\":\"text/plain\",\"text\":\"Embedded resource content.\"}}",
                                text("Please process the embedded resource above.")),
                        "resourceUri"),
                prompt("test_prompt_with_image", request -> messages(image, text("Please analyze the image above."))),
                prompt(
                        "test_input_required_result_prompt",
                        request -> FixtureTools.brought(request, "user_context")
                                .map(given ->
                                        messages(text("Prompt with context: " + FixtureTools.field(given, "context"))))
                                .orElseGet(() -> FixtureTools.asks(
                                        "user_context",
                                        FixtureTools.elicitation(
                                                "What context should the prompt use?",
                                                "{\"context\":{\"type\":\"string\"}}",
                                                "context")))));
    }

    private static FixturePrompt prompt(String name, Function<ToolRequest, Answer> body, String... arguments) {
        var definition =
                JsonMapper.shared().createObjectNode().put("name", name).put("description", "Fixture " + name);
        var listed = definition.putArray("arguments");
        Stream.of(arguments)
                .forEach(argument -> listed.addObject()
                        .put("name", argument)
                        .put("description", "An argument")
                        .put("required", true));
        return new FixturePrompt(name, definition, body);
    }

    private static String argument(ToolRequest request, String name) {
        return JsonRpc.text(request.arguments(), name);
    }

    private static String text(String words) {
        return "{\"type\":\"text\",\"text\":" + ToolJson.quoted(words) + "}";
    }

    private static Answer messages(String... contents) {
        var messages = Stream.of(contents)
                .map(content -> "{\"role\":\"user\",\"content\":" + content + "}")
                .toList();
        return new Answer.Result("\"messages\":[" + String.join(",", messages) + "]");
    }

    @Override
    public Set<String> scopes() {
        return Set.of();
    }

    @Override
    public Answer get(ToolRequest request) {
        return body.apply(request);
    }

    @Override
    public List<String> complete(ToolRequest request, String argument, String begun) {
        return KNOWN.stream().filter(value -> value.startsWith(begun)).toList();
    }
}
