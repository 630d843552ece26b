package dev.countersign.mcp;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A resource of the conformance scenarios. */
record FixtureResource(String uri, ObjectNode definition, boolean subscribable, Function<ToolRequest, String> contents)
        implements ServedResource {
    static List<FixtureResource> all() {
        return List.of(
                resource("test://static-text", "text/plain", request -> text("This is the content of the resource.")),
                resource("test://static-binary", "image/png", request -> "\"blob\":\"" + FixtureTools.PNG + "\""),
                resource("test://watched-resource", "text/plain", request -> text("Watched resource content")),
                resource("test://template/{id}/data", "application/json", request -> {
                    var id = JsonRpc.text(request.arguments(), "id");
                    return text("{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}");
                }));
    }

    private static FixtureResource resource(String uri, String type, Function<ToolRequest, String> contents) {
        var definition = JsonMapper.shared()
                .createObjectNode()
                .put(uri.contains("{") ? "uriTemplate" : "uri", uri)
                .put("name", "Fixture " + uri)
                .put("description", "A resource of the scenarios")
                .put("mimeType", type);
        return new FixtureResource(uri, definition, uri.contains("watched"), contents);
    }

    private static String text(String words) {
        return "\"text\":" + ToolJson.quoted(words);
    }

    @Override
    public Set<String> scopes() {
        return Set.of();
    }

    @Override
    public Answer read(ToolRequest request) {
        return new Answer.Result("\"contents\":[{\"uri\":"
                + ToolJson.quoted(JsonRpc.text(request.arguments(), "uri")) + ",\"mimeType\":"
                + definition.path("mimeType") + "," + contents.apply(request) + "}]");
    }
}
