package dev.countersign.bench;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;

/** The Java SDK's stateless server as it comes, with the read tool as ours has it, its result with a schema, and nothing secured. */
public final class SdkServer {
    private SdkServer() {}

    /** The port is the first argument. */
    public static void main(String[] arguments) throws Exception {
        var transport = HttpServletStatelessServerTransport.builder()
                .messageEndpoint("/mcp")
                .build();
        var schema = Map.<String, Object>of(
                "type", "object",
                "properties", Map.of("text", Map.of("type", "string")),
                "required", List.of("text"));
        var text = Map.of("type", "string");
        var tool = McpSchema.Tool.builder("bench_read", schema)
                .description("Gives words.")
                .outputSchema(Map.of(
                        "type", "object",
                        "properties", Map.of("words", text, "account", text),
                        "required", List.of("words", "account")))
                .build();
        var _ = McpServer.sync(transport)
                .serverInfo("sdk", "1")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .tools(SyncToolSpecification.builder()
                        .tool(tool)
                        .callHandler((context, request) ->
                                result(BenchTools.WORDS + " " + request.arguments().get("text")))
                        .build())
                .build();
        BareServer.serve(Integer.parseInt(arguments[0]), transport);
    }

    private static CallToolResult result(String words) {
        return CallToolResult.builder()
                .addTextContent(words)
                .structuredContent(Map.of("words", words, "account", "alice@example.com"))
                .build();
    }
}
