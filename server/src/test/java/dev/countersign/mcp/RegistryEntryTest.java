package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code config/server.json}, the entry for the MCP registry, against the rules of its format of 2025-12-11 as far as an entry
 * with remotes only has to do with them. Their source is
 * {@code github.com/modelcontextprotocol/static/blob/main/schemas/2025-12-11/server.schema.json}.
 */
final class RegistryEntryTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** Written from the format's description: what must be there, and how long and of what form it may be. */
    private static final SchemaCheck RULES = new SchemaCheck((ObjectNode) JSON.readTree("""
        {"type":"object","required":["$schema","name","description","version","remotes"],
         "additionalProperties":false,
         "properties":{
          "$schema":{"const":"https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"},
          "name":{"type":"string","minLength":3,"maxLength":200,"pattern":"^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$"},
          "title":{"type":"string","minLength":1,"maxLength":100},
          "description":{"type":"string","minLength":1,"maxLength":100},
          "version":{"type":"string","maxLength":255,"pattern":"^[0-9]+\\\\.[0-9]+\\\\.[0-9]+$"},
          "remotes":{"type":"array","minItems":1,"items":{
           "type":"object","required":["type","url"],"additionalProperties":false,
           "properties":{
            "type":{"const":"streamable-http"},
            "url":{"type":"string","pattern":"^https?://[^\\\\s]+$"},
            "variables":{"type":"object","additionalProperties":{
             "type":"object","additionalProperties":false,
             "properties":{
              "description":{"type":"string"},"isRequired":{"type":"boolean"},"isSecret":{"type":"boolean"},
              "format":{"enum":["string","number","boolean","filepath"]},"default":{"type":"string"},
              "placeholder":{"type":"string"},"value":{"type":"string"},
              "choices":{"type":"array","items":{"type":"string"}}}}}}}}}}\
        """));

    private static JsonNode entry() throws IOException {
        return JSON.readTree(Files.readString(Path.of("..", "config", "server.json")));
    }

    @Test
    void entry_keepsTheRulesOfItsFormat() throws IOException {
        assertThat(RULES.problems(entry())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"no-namespace\"}",
                "{\"description\":\"\"}",
                "{\"version\":\"^1.0.0\"}",
                "{\"remotes\":[{\"type\":\"streamable-http\",\"url\":\"ftp://example.com\"}]}",
                "{\"remotes\":[{\"type\":\"streamable-http\",\"url\":\"{public_url}/mcp\"}]}",
                "{\"unknown\":true}"
            })
    void brokenEntry_isFound(String change) throws IOException {
        var broken = (ObjectNode) entry();
        broken.setAll((ObjectNode) JSON.readTree(change));

        assertThat(RULES.problems(broken)).isNotEmpty();
    }

    @Test
    void eachVariableOfAnAddress_isDescribed() throws IOException {
        for (var remote : entry().path("remotes")) {
            var used = VARIABLE.matcher(remote.path("url").stringValue()).results();
            assertThat(used.map(match -> match.group(1)).toList())
                    .isEqualTo(List.copyOf(remote.path("variables").propertyNames()));
        }
    }

    @Test
    void address_isThatOfTheEndpoint() throws IOException {
        var url = entry().path("remotes").path(0).path("url").stringValue();

        assertThat(url).endsWith(McpEndpoint.PATH);
    }
}
