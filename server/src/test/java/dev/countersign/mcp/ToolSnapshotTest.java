package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connections.AccountsTool;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import dev.countersign.oauth.Scopes;
import dev.countersign.retrieval.Documents;
import dev.countersign.retrieval.RetrievalTools;
import dev.countersign.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What models read of each tool, word for word. A wanted change is written with {@code -Dsnapshots=write} and shows in the
 * diff.
 */
class ToolSnapshotTest {
    private static final Path FOLDER = Path.of("src/test/resources/tools");
    private static final JsonMapper JSON = JsonMapper.shared();

    /** It says only what the person may ask for, so that a client can begin with it. */
    private static final String NEEDS_NO_SCOPE = "accounts_list";

    @TempDir
    static Path data;

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(data.resolve("test.db"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    static Stream<Tool<?, ?>> tools() {
        return Stream.of(
                        ServiceLoader.load(Toolset.class).stream().flatMap(toolset -> toolset.get().tools().stream()),
                        ServiceLoader.load(Connector.class).stream()
                                .map(ServiceLoader.Provider::get)
                                // what brings scopes of its own has its snapshots in its own module
                                .filter(connector -> connector.scopes().isEmpty())
                                .flatMap(connector -> connector.tools().stream()),
                        ownTools())
                .flatMap(tools -> tools);
    }

    private static Stream<Tool<?, ?>> ownTools() {
        var documents = new Documents(database, Clock.systemUTC());
        return Stream.concat(
                RetrievalTools.tools(documents, userId -> List.of()).stream(),
                Stream.of(AccountsTool.tool(userId -> List.of(), List.of(), Scopes.OWN, "http://localhost:8484")));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void definition_isTheOneThatWasReviewed(Tool<?, ?> tool) throws IOException {
        var definition =
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new CheckedTool<>(tool).definition()) + "\n";
        var file = FOLDER.resolve(tool.name() + ".json");
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, definition, StandardCharsets.UTF_8);
        }

        assertThat(file)
                .as("when this change is wanted, run mvn -pl server test -Dtest=ToolSnapshotTest"
                        + " -Dsnapshots=write, look at the difference and commit it")
                .hasContent(definition);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void tool_saysWhatItNeedsAndDoes(Tool<?, ?> tool) {
        assertThat(tool.scopes()).allMatch(scope -> Scopes.OWN.of(scope).isPresent());
        assertThat(tool.scopes().isEmpty()).as("any token will do").isEqualTo(NEEDS_NO_SCOPE.equals(tool.name()));
        assertThat(tool.description()).isNotBlank().endsWith(".");
        assertThat(tool.title()).isNotBlank();
        var hints = new CheckedTool<>(tool).definition().path("annotations");
        assertThat(hints.path("readOnlyHint").booleanValue()).isEqualTo(tool.effect() == Effect.READ);
    }

    @Test
    void everySnapshot_hasItsTool() throws IOException {
        var names = tools().map(tool -> tool.name() + ".json").toList();
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(names);
        }
    }
}
