package dev.countersign.client;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of revision 2025-11-25: the official Java SDK's, with a session that begins when it is made. */
public final class LegacyClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** MCP 2025-11-25, client/elicitation: the person must be at a page first. */
    private static final int URL_ELICITATION_REQUIRED = -32042;

    private final McpSyncClient client;

    /** What a call came to. */
    public sealed interface Reply {
        /** @param structured a missing node when the tool failed */
        record Result(String text, JsonNode structured, boolean isError) implements Reply {}

        /** The person must open this page; the call is repeated afterwards. */
        record PageRequired(URI page, String message) implements Reply {}
    }

    private LegacyClient(McpSyncClient client) {
        this.client = client;
        client.initialize();
    }

    /** Takes addresses of pages: is told of one by error -32042. */
    public static LegacyClient takingPages(URI mcp, String accessToken) {
        var capabilities =
                McpSchema.ClientCapabilities.builder().elicitation(true, true).build();
        return new LegacyClient(McpClient.sync(transport(mcp, accessToken))
                .requestTimeout(TIMEOUT)
                .initializationTimeout(TIMEOUT)
                .capabilities(capabilities)
                .elicitation(form -> answer(ElicitResult.Action.CANCEL))
                .urlElicitation(page -> answer(ElicitResult.Action.CANCEL))
                .build());
    }

    /**
     * Takes forms only.
     *
     * @param person reads the words of a form and does what they say; the form is sent off as accepted afterwards
     */
    public static LegacyClient takingForms(URI mcp, String accessToken, Consumer<String> person) {
        var capabilities =
                McpSchema.ClientCapabilities.builder().elicitation(true, false).build();
        return new LegacyClient(McpClient.sync(transport(mcp, accessToken))
                .requestTimeout(TIMEOUT)
                .initializationTimeout(TIMEOUT)
                .capabilities(capabilities)
                .elicitation(form -> {
                    person.accept(form.message());
                    return answer(ElicitResult.Action.ACCEPT);
                })
                .build());
    }

    public List<String> listTools() {
        return client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
    }

    public Reply callTool(String name, Map<String, Object> arguments) {
        try {
            var result = client.callTool(
                    McpSchema.CallToolRequest.builder(name).arguments(arguments).build());
            return new Reply.Result(
                    text(result),
                    result.structuredContent() == null
                            ? JSON.missingNode()
                            : JSON.valueToTree(result.structuredContent()),
                    Boolean.TRUE.equals(result.isError()));
        } catch (McpError e) {
            return page(e);
        }
    }

    @Override
    public void close() {
        client.closeGracefully();
    }

    private static HttpClientStreamableHttpTransport transport(URI mcp, String accessToken) {
        return HttpClientStreamableHttpTransport.builder(mcp.getScheme() + "://" + mcp.getRawAuthority())
                .endpoint(mcp.getRawPath())
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + accessToken))
                .build();
    }

    private static ElicitResult answer(ElicitResult.Action action) {
        return ElicitResult.builder(action).build();
    }

    private static String text(McpSchema.CallToolResult result) {
        return result.content().stream()
                .map(content -> content instanceof McpSchema.TextContent text ? text.text() : "")
                .collect(Collectors.joining("\n"));
    }

    private static Reply page(McpError error) {
        var told = error.getJsonRpcError();
        if (told == null || told.code() != URL_ELICITATION_REQUIRED) {
            throw new ClientException("the call was refused: " + error.getMessage(), error);
        }
        var elicitation =
                JSON.<JsonNode>valueToTree(told.data()).path("elicitations").path(0);
        return new Reply.PageRequired(
                URI.create(elicitation.path("url").asString("")),
                elicitation.path("message").asString(""));
    }
}
