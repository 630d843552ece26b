package dev.countersign.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tools that the conformance scenarios call, those without tasks. */
final class FixtureTools {
    /** A red pixel. */
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    private static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NO_ARGUMENTS = "{\"type\":\"object\",\"properties\":{}}";

    private FixtureTools() {}

    static List<FixtureTool> all() {
        var all = new ArrayList<FixtureTool>();
        all.addAll(contents());
        all.addAll(telling());
        all.addAll(asking());
        all.addAll(rounds());
        all.add(tool(
                "json_schema_2020_12_tool", """
                {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
                 "$defs":{"address":{"$anchor":"addressDef","type":"object",
                   "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
                 "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
                   "contactMethod":{"type":"string","enum":["phone","email"]},
                   "phone":{"type":"string"},"email":{"type":"string"}},
                 "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
                 "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
                 "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}\
                """, request -> words("Called" + " with" + " " + request.arguments())));
        all.add(tool("test_mirrored_headers", """
            {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},
             "level":{"type":"integer","x-mcp-header":"Level"}},"required":["region"]}\
            """, request -> words("Mirrored" + " " + request.arguments())));
        return all;
    }

    private static List<FixtureTool> contents() {
        var resource = "{\"type\":\"resource\",\"resource\":{\"uri\":\"test://mixed-content-resource\","
                + "\"mimeType\":\"application/json\",\"text\":\"{\\\"test\\\":\\\"data\\\",\\\"value\\\":123}\"}}";
        var image = "{\"type\":\"image\",\"data\":\"" + PNG + "\",\"mimeType\":\"image/png\"}";
        return List.of(
                answering("test_simple_text", words("This is a simple text response for testing.")),
                answering("test_image_content", content(image)),
                answering(
                        "test_audio_content",
                        content("{\"type\":\"audio\",\"data\":\"" + WAV + "\",\"mimeType\":\"audio/wav\"}")),
                answering(
                        "test_embedded_resource",
                        content("{\"type\":\"resource\",\"resource\":{\"uri\":\"test://embedded-resource\","
                                + "\"mimeType\":\"text/plain\",\"text\":\"This is an embedded resource content.\"}}")),
                answering(
                        "test_multiple_content_types",
                        content("{\"type\":\"text\",\"text\":\"Multiple content types test:\"}", image, resource)),
                answering(
                        "test_error_handling",
                        ToolJson.failure("This tool intentionally returns an error for testing")),
                tool(
                        "greet",
                        "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}",
                        request -> words("Hello, " + JsonRpc.text(request.arguments(), "name") + "!")));
    }

    private static List<FixtureTool> telling() {
        return List.of(
                plain("test_tool_with_logging", request -> {
                    for (var line : List.of("started", "processing data", "completed")) {
                        request.round().log().log("info", "Tool execution " + line);
                    }
                    return words("Tool with logging executed successfully");
                }),
                plain("test_tool_with_progress", request -> {
                    for (int done : List.of(0, 50, 100)) {
                        request.progress().report(done, 100, "Completed step " + done + " of 100");
                        apart();
                    }
                    return words("Progress was told");
                }),
                plain("test_streaming_elicitation", request -> {
                    request.progress().report(50, 100, "Half");
                    return words("Streaming complete");
                }),
                plain("test_logging_tool", request -> {
                    request.round().log().log("info", "Logged");
                    return words("Logging evaluated");
                }),
                plain(
                        "test_missing_capability",
                        request -> request.round().takes("sampling")
                                ? words("Success")
                                : new Answer.Lacking(object("{\"sampling\":{}}"))));
    }

    /** Progress notes closer together than a tenth of a second are left out. */
    private static void apart() {
        try {
            new CountDownLatch(1).await(110, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new CallEndedException();
        }
    }

    private static List<FixtureTool> asking() {
        return List.of(
                tool(
                        "test_sampling",
                        "{\"type\":\"object\",\"properties\":{\"prompt\":{\"type\":\"string\"}}}",
                        request -> brought(request, "sample")
                                .map(sample -> words("LLM response: "
                                        + sample.path("content").path("text").asString()))
                                .orElseGet(() ->
                                        asks("sample", sampling(JsonRpc.text(request.arguments(), "prompt"), 100)))),
                tool(
                        "test_elicitation",
                        "{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\"}}}",
                        request -> elicited(
                                request,
                                "User response",
                                elicitation(
                                        JsonRpc.text(request.arguments(), "message"),
                                        "{\"response\":{\"type\":\"string\",\"description\":\"User's response\"}}",
                                        "response"))),
                plain(
                        "test_elicitation_sep1034_defaults",
                        request -> elicited(
                                request,
                                "Elicitation completed",
                                elicitation("Please review and update the form fields with defaults", """
                                    {"name":{"type":"string","description":"User name","default":"John Doe"},
                                     "age":{"type":"integer","description":"User age","default":30},
                                     "score":{"type":"number","description":"User score","default":95.5},
                                     "status":{"type":"string","description":"User status",
                                       "enum":["active","inactive","pending"],"default":"active"},
                                     "verified":{"type":"boolean","description":"Verification status","default":true}}\
                                    """))),
                plain(
                        "test_elicitation_sep1330_enums",
                        request -> elicited(
                                request,
                                "Elicitation completed",
                                elicitation("Please select options from the enum fields", """
                                    {"untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
                                     "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},
                                       {"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
                                     "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],
                                       "enumNames":["Option One","Option Two","Option Three"]},
                                     "untitledMulti":{"type":"array","minItems":1,"maxItems":3,
                                       "items":{"type":"string","enum":["option1","option2","option3"]}},
                                     "titledMulti":{"type":"array","minItems":1,"maxItems":3,"items":{"anyOf":[
                                       {"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},
                                       {"const":"value3","title":"Third Choice"}]}}}\
                                    """))));
    }

    private static List<FixtureTool> rounds() {
        var confirm = elicitation("Please confirm", "{\"ok\":{\"type\":\"boolean\"}}", "ok");
        return List.of(
                plain(
                        "test_input_required_result_elicitation",
                        request -> brought(request, "user_name")
                                .map(given -> words("Hello, " + field(given, "name") + "!"))
                                .orElseGet(() -> asks("user_name", NAME))),
                plain(
                        "test_input_required_result_sampling",
                        request -> brought(request, "sample_request")
                                .map(given -> words("Sampling result: "
                                        + given.path("content").path("text").asString()))
                                .orElseGet(
                                        () -> asks("sample_request", sampling("What is the capital of France?", 100)))),
                plain(
                        "test_input_required_result_list_roots",
                        request -> brought(request, "roots_request")
                                .map(given ->
                                        words("Found " + given.path("roots").size() + " root(s)"))
                                .orElseGet(() -> asks("roots_request", ROOTS))),
                plain(
                        "test_input_required_result_request_state",
                        request -> request.round()
                                        .state()
                                        .filter("confirming"::equals)
                                        .isPresent()
                                ? words("state-ok: requestState validated")
                                : asks(Map.of("confirm", confirm), "confirming")),
                plain(
                        "test_input_required_result_tampered_state",
                        request -> request.round().state().isPresent()
                                ? words("integrity-ok: state verified")
                                : asks(Map.of("confirm", confirm), "tamper-test")),
                plain("test_input_required_result_multiple_inputs", FixtureTools::several),
                plain("test_input_required_result_multi_round", FixtureTools::inTwoRounds),
                plain("test_input_required_result_capabilities", FixtureTools::whatIsDeclared));
    }

    private static final Answer.Input.Request NAME =
            elicitation("What is your name?", "{\"name\":{\"type\":\"string\"}}", "name");
    private static final Answer.Input.Request ROOTS = new Answer.Input.Request("roots/list", object("{}"));

    private static Answer several(ToolRequest request) {
        var brought = request.round().responses();
        if (request.round().state().isPresent()
                && brought.keySet().containsAll(Set.of("user_name", "greeting", "client_roots"))) {
            return words("Name: " + field(brought.get("user_name"), "name") + "; Roots: "
                    + brought.get("client_roots").path("roots").size());
        }
        var asked = new LinkedHashMap<String, Answer.Input.Request>();
        asked.put("user_name", NAME);
        asked.put("greeting", sampling("Generate a greeting", 50));
        asked.put("client_roots", ROOTS);
        return asks(asked, "multiple-inputs");
    }

    private static Answer inTwoRounds(ToolRequest request) {
        var state = request.round().state().orElse("");
        var first = brought(request, "step1");
        if (state.equals("1") && first.isPresent()) {
            var color =
                    elicitation("Step 2: What is your favorite color?", "{\"color\":{\"type\":\"string\"}}", "color");
            return asks(Map.of("step2", color), "2" + field(first.get(), "name"));
        }
        var second = brought(request, "step2");
        return state.startsWith("2") && second.isPresent()
                ? words("Multi-round complete for " + state.substring(1) + " who likes " + field(second.get(), "color"))
                : asks(Map.of("step1", NAME), "1");
    }

    private static Answer whatIsDeclared(ToolRequest request) {
        if (!request.round().responses().isEmpty()) {
            return words("capabilities-ok");
        }
        var asked = new LinkedHashMap<String, Answer.Input.Request>();
        if (request.round().takes("elicitation")) {
            asked.put("elicit_input", NAME);
        }
        if (request.round().takes("sampling")) {
            asked.put("sample_input", sampling("Sample request", 50));
        }
        return asked.isEmpty() ? words("No supported capabilities declared") : asks(asked, "capabilities-test");
    }

    static Optional<JsonNode> brought(ToolRequest request, String key) {
        return Optional.ofNullable(request.round().responses().get(key));
    }

    static String field(JsonNode response, String name) {
        return response.path("content").path(name).asString("unknown");
    }

    private static Answer elicited(ToolRequest request, String what, Answer.Input.Request form) {
        return brought(request, "form")
                .map(given -> words(
                        what + ": action=" + given.path("action").asString() + ", content=" + given.path("content")))
                .orElseGet(() -> asks("form", form));
    }

    static Answer asks(String key, Answer.Input.Request request) {
        return new Answer.Input(Map.of(key, request), Optional.empty());
    }

    private static Answer asks(Map<String, Answer.Input.Request> requests, String state) {
        return new Answer.Input(requests, Optional.of(state));
    }

    static Answer.Input.Request elicitation(String message, String properties, String... required) {
        var params = JSON.createObjectNode().put("mode", "form").put("message", message);
        var schema = params.putObject("requestedSchema").put("type", "object");
        schema.set("properties", JSON.readTree(properties));
        var names = schema.putArray("required");
        List.of(required).forEach(names::add);
        return new Answer.Input.Request("elicitation/create", params);
    }

    private static Answer.Input.Request sampling(String prompt, int mostTokens) {
        var params = JSON.createObjectNode();
        var message = params.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", prompt);
        return new Answer.Input.Request("sampling/createMessage", params.put("maxTokens", mostTokens));
    }

    static Answer words(String text) {
        return content("{\"type\":\"text\",\"text\":" + ToolJson.quoted(text) + "}");
    }

    private static Answer content(String... parts) {
        return new Answer.Result("\"content\":[" + String.join(",", parts) + "]");
    }

    static ObjectNode object(String json) {
        return (ObjectNode) JSON.readTree(json);
    }

    private static FixtureTool answering(String name, Answer answer) {
        return plain(name, request -> answer);
    }

    private static FixtureTool plain(String name, Function<ToolRequest, Answer> body) {
        return tool(name, NO_ARGUMENTS, body);
    }

    static FixtureTool tool(String name, String inputSchema, Function<ToolRequest, Answer> body) {
        var definition = JSON.createObjectNode().put("name", name).put("description", "Fixture " + name);
        definition.set("inputSchema", JSON.readTree(inputSchema));
        return new FixtureTool(name, Set.of(), definition, body);
    }
}
