package dev.countersign.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The README's snippets that attach a client, against what each client documents: Claude Code's {@code mcp add}, VS Code's
 * {@code code.visualstudio.com/docs/agents/reference/mcp-configuration}, Cursor's {@code cursor.com/docs/mcp}, Claude Desktop's
 * {@code modelcontextprotocol.io/docs/develop/connect-local-servers}.
 */
class InstallSnippetsTest {
    private static final String ADDRESS = "http://localhost:8484/mcp";

    private static String snippet(String client, String language) throws IOException {
        var page = Files.readString(Path.of("..", "README.md"));
        var pattern = Pattern.compile(
                "\\*\\*" + Pattern.quote(client) + "\\*\\*[^`]*(?:`[^`\n]+`[^`]*)*?```" + language + "\n(.*?)```",
                Pattern.DOTALL);
        return pattern.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no snippet for " + client));
    }

    private static JsonNode json(String client) throws IOException {
        return JsonMapper.shared().readTree(snippet(client, "json"));
    }

    @Test
    void claudeCode_addsByTheHttpTransport() throws IOException {
        assertThat(snippet("Claude Code", "sh")).isEqualTo("claude mcp add --transport http countersign " + ADDRESS);
    }

    @Test
    void vsCode_hasAServerOfTypeHttp() throws IOException {
        var file = json("VS Code");

        assertThat(file.propertyNames()).containsExactly("servers");
        var server = file.path("servers").path("countersign");
        assertThat(server.propertyNames()).containsExactly("type", "url");
        assertThat(server.path("type").stringValue()).isEqualTo("http");
        assertThat(server.path("url").stringValue()).isEqualTo(ADDRESS);
    }

    @Test
    void cursor_hasAServerWithAnAddress() throws IOException {
        var file = json("Cursor");

        assertThat(file.propertyNames()).containsExactly("mcpServers");
        var server = file.path("mcpServers").path("countersign");
        assertThat(server.propertyNames()).containsExactly("url");
        assertThat(server.path("url").stringValue()).isEqualTo(ADDRESS);
    }

    @Test
    void claudeDesktop_startsTheBridge() throws IOException {
        var file = json("Claude Desktop's local servers");

        assertThat(file.propertyNames()).containsExactly("mcpServers");
        var server = file.path("mcpServers").path("countersign");
        assertThat(server.propertyNames()).containsExactly("command", "args");
        var launcher = Path.of(server.path("command").stringValue());
        assertThat(launcher.isAbsolute() && launcher.endsWith(Path.of("server", "bin", "countersign")))
                .as(launcher.toString())
                .isTrue();
        assertThat(Path.of("..").resolve("server/bin/countersign")).isExecutable();
        assertThat(server.path("args").valueStream().map(JsonNode::stringValue)).containsExactly("stdio");
    }

    @Test
    void inspector_startsWithTheServer() throws IOException {
        assertThat(List.of(snippet("MCP Inspector", "sh").split(" ")))
                .containsExactly(
                        "npx", "@modelcontextprotocol/inspector", "--transport", "http", "--server-url", ADDRESS);
    }
}
