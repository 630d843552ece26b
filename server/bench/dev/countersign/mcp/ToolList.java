package dev.countersign.mcp;

import dev.countersign.connections.AccountsTool;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import dev.countersign.retrieval.Documents;
import dev.countersign.retrieval.RetrievalTools;
import dev.countersign.store.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How much {@code tools/list} says when every connector is set up.
 *
 * @param tools how many there are
 * @param bytes of the tools as they are sent
 * @param modelBytes of what clients hand to a model: name, description and input schema
 */
public record ToolList(int tools, int bytes, int modelBytes) {
    /** @param work a folder for a database that nothing is in */
    public static ToolList measure(Path work) {
        try (var database = Database.open(work.resolve("tools.db"))) {
            var definitions = all(database)
                    .filter(tool -> !tool.name().startsWith("bench_"))
                    .map(tool -> new CheckedTool<>(tool).definition())
                    .toList();
            return new ToolList(
                    definitions.size(),
                    bytes(definitions),
                    bytes(definitions.stream().map(ToolList::forModel).toList()));
        }
    }

    private static Stream<Tool<?, ?>> all(Database database) {
        var connectors = ServiceLoader.load(Connector.class).stream()
                .flatMap(found -> found.get().tools().stream().<Tool<?, ?>>map(tool -> tool));
        var toolsets = ServiceLoader.load(Toolset.class).stream()
                .flatMap(found -> found.get().tools().stream().<Tool<?, ?>>map(tool -> tool));
        var documents = new Documents(database, Clock.systemUTC());
        var own = Stream.<Tool<?, ?>>concat(
                RetrievalTools.tools(documents, userId -> List.of()).stream(),
                Stream.of(AccountsTool.tool(userId -> List.of(), List.of(), "http://localhost:8484")));
        return Stream.concat(Stream.concat(toolsets, connectors), own);
    }

    private static ObjectNode forModel(ObjectNode definition) {
        var part = JsonNodeFactory.instance.objectNode();
        List.of("name", "description", "inputSchema").forEach(name -> part.set(name, definition.path(name)));
        return part;
    }

    private static int bytes(List<ObjectNode> definitions) {
        return definitions.stream()
                .mapToInt(each -> each.toString().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
