package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** {@code countersign connector new}: what it makes builds, keeps to the contract and is short. */
class NewConnectorTest {
    private static final int MOST_LINES_OF_CODE = 60;

    @TempDir
    Path checkout;

    @ParameterizedTest
    @ValueSource(strings = {"made-tasks", "ab", "a-quite-long-name-20"})
    void madeModule_compilesCleanlyAndItsTestsPass(String name) throws Exception {
        var classes = MadeConnector.make(checkout, name).compile();

        var summary = new SummaryGeneratingListener();
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, before);
                var walk = Files.walk(classes)) {
            thread.setContextClassLoader(loader);
            var tests = walk.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .map(test -> selectClass(loader, test))
                    .toList();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(tests)
                                    .build(),
                            summary);
        } finally {
            thread.setContextClassLoader(before);
        }

        var failures = new StringWriter();
        summary.getSummary().printFailuresTo(new PrintWriter(failures));
        assertThat(summary.getSummary().getTotalFailureCount())
                .as(failures.toString())
                .isZero();
        assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(15);
    }

    /** In a build without {@code -Dquick}, which has the checkers. Together, as to start them takes longer than to check. */
    @Test
    @EnabledIfSystemProperty(named = FullCheck.CHECKERS, matches = ".+")
    void madeModules_compileWithoutAWordOfErrorProneAndNullAway() {
        var made = Stream.of("demo-tasks", "a-quite-long-name-20")
                .map(name -> MadeConnector.make(checkout.resolve(name), name))
                .toList();
        assertThat(new FullCheck().compile(made, checkout.resolve("checked"))).isEmpty();
    }

    /** Names and words of every length that is allowed: the formatter breaks a line by its length. */
    @Test
    @EnabledIfSystemProperty(named = FullCheck.CHECKERS, matches = ".+")
    void madeModules_areFormatted() {
        MadeConnector.copyPoms(checkout);
        for (var name : List.of(
                "ab", "my-tags", "demo-tasks", "a-quite-long-name-20", "aa-bb-cc-dd-ee-f-gh", "open-documents")) {
            new NewConnector(checkout, name, Optional.empty()).make();
        }
        new NewConnector(checkout, "a-quite-long-name-21", Optional.of("collection")).make();
        assertThat(new FullCheck().format(checkout)).isEmpty();
    }

    /** What somebody would have to write: code and the service file, without blank lines, imports, comments and lines of brackets. */
    @Test
    void connector_isShort() throws IOException {
        var made = MadeConnector.make(checkout, "demo-tasks");
        var written = new ArrayList<String>();
        for (var file : made.filesUnder("src/main", "")) {
            if (Files.isRegularFile(file)) {
                written.addAll(Files.readAllLines(file));
            }
        }
        written.removeIf(line -> line.strip().matches("[{}();,]*|(package|import|/\\*\\*|//).*"));
        assertThat(written).hasSizeBetween(1, MOST_LINES_OF_CODE);
    }

    @ParameterizedTest
    @CsvSource({
        "demo-tasks, task, tasks",
        "photos, photo, photos",
        "my-diaries, diary, diaries",
        "post-boxes, box, boxes",
        "linear, item, items",
        "name-20, item, items",
        "weather-atlas, item, items",
        "daily-news, item, items",
        "my-classes, item, items",
        "my-tools, item, items",
        "my-settings, item, items",
        "my-objects, item, items"
    })
    void thing_isThePluralInTheName(String name, String one, String many) {
        assertThat(Thing.of(name)).isEqualTo(new Thing(one, many));
    }

    @Test
    void givenThing_namesCodeAndTools() {
        MadeConnector.copyPoms(checkout);
        assertThat(new Terminal(checkout)
                        .run("connector", "new", "linear", "--thing", "story")
                        .status())
                .isZero();
        assertThat(checkout.resolve(
                        "connectors/linear/src/main/java/dev/countersign/connector/linear/LinearConnector.java"))
                .content()
                .contains("record Story(", "record Stories(List<Story> stories)", "\"List stories\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Task", "two words", "class", "tool", "one", "appointment"})
    void thingThatCodeCannotBeNamedAfter_isRefused(String thing) {
        MadeConnector.copyPoms(checkout);
        var result = new Terminal(checkout).run("connector", "new", "linear", "--thing", thing);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("cannot name what the connector is about", "e.g. task");
        assertThat(checkout.resolve("connectors").toFile().list()).containsExactly("api");
    }

    @Test
    void module_isPartOfBuildAndServer() throws IOException {
        MadeConnector.make(checkout, "demo-tasks");

        assertThat(checkout.resolve("pom.xml"))
                .content()
                .contains("<module>connectors/demo-tasks</module>\n    <module>server</module>");
        assertThat(checkout.resolve("server/pom.xml"))
                .content()
                .contains("<artifactId>countersign-connector-demo-tasks</artifactId>\n      <version>${project.version}"
                        + "</version>\n      <scope>runtime</scope>");
        assertThat(checkout.resolve("connectors/demo-tasks/pom.xml")).content().doesNotContain("@");
    }

    @Test
    void command_saysWhatToDoNext() {
        MadeConnector.copyPoms(checkout);
        var result = new Terminal(checkout).run("connector", "new", "demo-tasks");
        assertThat(result.status()).as(result.printed()).isZero();
        assertThat(result.printed()).contains("connectors/demo-tasks", "Next:", "connectors/README.md");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Demo",
                "demo_tasks",
                "-demo",
                "demo-",
                "de--mo",
                "9lives",
                "x",
                "a-name-that-is-too-long",
                "../x"
            })
    void badName_isRefusedWithWhatIsAllowed(String name) {
        MadeConnector.copyPoms(checkout);
        var result = new Terminal(checkout).run("connector", "new", "--", name);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("is no name for a connector", "e.g. demo-tasks");
        assertThat(checkout.resolve("connectors").toFile().list()).containsExactly("api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"package", "folder", "mail", "accounts"})
    void nameWithAMeaning_isRefused(String name) {
        MadeConnector.copyPoms(checkout);
        assertThat(new Terminal(checkout).run("connector", "new", name).printed())
                .contains("has a meaning of its own", "e.g. my-" + name);
        assertThat(checkout.resolve("connectors").toFile().list()).containsExactly("api");
    }

    @Test
    void noName_isAskedFor() {
        var result = new Terminal(checkout).run("connector", "new");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.printed()).contains("Missing required parameter: 'NAME'", "demo-tasks");
    }

    @Test
    void folderThatIsThere_isLeftAlone() throws IOException {
        MadeConnector.make(checkout, "demo-tasks");
        var pom = Files.readString(checkout.resolve("pom.xml"));

        assertThat(new Terminal(checkout).run("connector", "new", "demo-tasks").printed())
                .contains("exists already");
        assertThat(new Terminal(checkout).run("connector", "new", "demotasks").printed())
                .contains("same Java package");
        assertThat(checkout.resolve("pom.xml")).hasContent(pom);
    }

    @Test
    void outsideOfACheckout_nothingIsMade() {
        var result = new Terminal(checkout).run("connector", "new", "demo-tasks");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("in a checkout of Countersign's source");
        assertThat(checkout).isEmptyDirectory();
    }
}
