package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Question;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.Toolset;
import dev.countersign.connector.UpstreamException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every connector keeps to. Its test class extends this one and says how to reach the provider, or one that plays it;
 * each test gets an account of its own.
 */
public abstract class ConnectorContract {
    private static final Path SNAPSHOTS = Path.of("src/test/resources/tools");

    protected abstract Connector connector();

    /** The provider as the test runs it. */
    protected abstract Provider provider();

    /** An account that no other test touches, linked with every scope that the provider can give. */
    protected abstract TestAccount link();

    /** Calls that succeed on this account, at least one for each tool; may prepare the account for them. */
    protected abstract List<Sample> samples(TestAccount account);

    protected Clock clock() {
        return Clock.systemUTC();
    }

    /** The tools that work with this connector: its own, and those over the services that it offers. */
    protected List<Tool<?, ?>> tools() {
        var shared = ServiceLoader.load(Toolset.class).stream()
                .flatMap(toolset -> toolset.get().tools().stream())
                .filter(tool -> tool.service()
                        .filter(connector().services()::containsKey)
                        .isPresent());
        return Stream.<Tool<?, ?>>concat(connector().tools().stream(), shared).toList();
    }

    @Test
    void connector_hasAnIdForSettingsAndAName() {
        assertThat(connector().id()).as("id, in lower case").matches("[a-z][a-z0-9-]*");
        assertThat(connector().name()).as("name as people know it").isNotBlank();
    }

    @Test
    void toolNames_areThereOnceOnly() {
        assertThat(tools().stream().map(Tool::name))
                .as("names of tools")
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void declaredScopes_areItsOwnAndInWords() {
        assertThat(connector().scopes()).allSatisfy(scope -> {
            assertThat(scope.id())
                    .as("a scope begins with the connector's id and a colon")
                    .matches(connector().id() + ":[a-z][a-z0-9-]*");
            assertThat(scope.words())
                    .as("words in which people are asked for %s: a capital first, no full stop", scope.id())
                    .matches("[A-Z][^.]{3,80}");
        });
        assertThat(connector().scopes()).extracting(Connector.OwnScope::id).doesNotHaveDuplicates();
        assertThat(provider().scopes().keySet())
                .as("each of scopes() has what the provider calls it: Provider.withScope")
                .containsAll(connector().scopes().stream()
                        .map(Connector.OwnScope::id)
                        .toList());
    }

    @Test
    void ownTools_areNamedAfterTheConnector() {
        assertThat(connector().tools())
                .extracting(Tool::name)
                .as("names of tools, which begin with the connector's id and _")
                .allMatch(name -> name.startsWith(connector().id().replace('-', '_') + "_"));
    }

    /** What models read of the connector's own tools, word for word. */
    @TestFactory
    Stream<DynamicTest> snapshots() {
        return connector().tools().stream().map(tool -> dynamicTest(tool.name(), () -> isAsReviewed(tool)));
    }

    private void isAsReviewed(Tool<?, ?> tool) throws IOException {
        var file = SNAPSHOTS.resolve(tool.name() + ".txt");
        if ("write".equals(System.getProperty("snapshots"))) {
            Files.createDirectories(SNAPSHOTS);
            Files.writeString(file, ToolShape.of(tool));
        }
        var reviewed = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : onClassPath(tool.name());
        assertThat(ToolShape.changed(reviewed, ToolShape.of(tool)))
                .withFailMessage(
                        "%s %s. When you want the tool so, run the tests with -Dsnapshots=write, look at the difference"
                                + " and commit it%s",
                        file,
                        reviewed.isEmpty() ? "is not there yet" : "has another definition",
                        difference(tool, reviewed))
                .isEmpty();
    }

    /** Only the lines that differ, since a build prints a failure twice. */
    private static String difference(Tool<?, ?> tool, String reviewed) {
        return reviewed.isEmpty() ? "" : ":\n" + ToolShape.changed(reviewed, ToolShape.of(tool));
    }

    /** Where the tests do not run in their module's folder. */
    private String onClassPath(String tool) throws IOException {
        try (var in = getClass().getResourceAsStream("/tools/" + tool + ".txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void identity_namesTheAccountAndShowsNoToken() {
        var account = link();
        var identity = silent(account, () -> connector().identity(account.upstream()));
        assertThat(identity.subject())
                .as("the provider's own id of the account")
                .isNotBlank();
        assertThat(identity.address()).as("the account's mail address").contains("@");
        assertThat(identity.toString()).as("no token in the identity").doesNotContain(account.accessToken());
        // with a password the address says it
        if (connector().passwordSignIn(new Settings(Map.of())).isEmpty()) {
            assertThat(account.upstream().exchanges())
                    .as("requests that ask the provider whose account it is")
                    .isNotEmpty();
        }
        assertThat(account.upstream().exchanges())
                .as("requests that ask whose account it is, which only read")
                .allMatch(Exchange::safe);
    }

    @Test
    void services_areMadeWithoutARequest() {
        var account = link();
        connector()
                .services()
                .forEach((type, make) ->
                        assertThat(make.apply(account.upstream())).isInstanceOf(type));
        assertThat(account.upstream().exchanges())
                .as("requests while services are made")
                .isEmpty();
    }

    @Test
    void samples_coverEveryTool() {
        var sampled = new HashSet<>(samples(link()).stream().map(Sample::tool).toList());
        assertThat(sampled)
                .as("samples() has a call of each tool")
                .containsExactlyInAnyOrderElementsOf(
                        tools().stream().map(Tool::name).toList());
    }

    @TestFactory
    Stream<DynamicTest> declarations() {
        return tools().stream().map(tool -> dynamicTest(tool.name(), () -> isWellDeclared(tool)));
    }

    private void isWellDeclared(Tool<?, ?> tool) {
        var name = tool.name();
        assertThat(tool.title())
                .as("%s: a title for people of 3 to 40 characters, a capital first, no full stop", name)
                .matches("[A-Z][^.]{2,39}");
        assertThat(tool.description())
                .as("%s: one plain sentence of 15 to 200 characters that a model can choose by", name)
                .matches("[A-Z].*[a-z0-9)”]\\.")
                .doesNotContain("\n")
                .hasSizeBetween(15, 200);
        assertThat(Shapes.undocumented(tool.input()))
                .as("%s: inputs without a @Doc of at most 200 characters", name)
                .isEmpty();
        assertThat(Shapes.unsupported(tool.input()))
                .as("%s: inputs of types that Tool's Javadoc does not name", name)
                .isEmpty();
        assertThat(Shapes.unsupported(tool.output()))
                .as("%s: outputs of types that Tool's Javadoc does not name", name)
                .isEmpty();
        assertThat(tool.scopes()).as("%s: scopes(…) that a call needs", name).isNotEmpty();
        assertThat(provider().scopes().keySet())
                .as("%s: scopes that the provider can give, Provider.withScope", name)
                .containsAll(tool.scopes());
        assertThat(tool.question().isPresent())
                .as("%s: it asks, as it does more than read", name)
                .isEqualTo(tool.effect() != Effect.READ);
        switch (tool.accounts()) {
            case ONE ->
                assertThat(Shapes.has(tool.input(), "account", Optional.class))
                        .as("%s: its input has Optional<String> account", name)
                        .isTrue();
            case EVERY ->
                assertThat(Shapes.has(tool.input(), "accounts", List.class))
                        .as("%s: its input has List<String> accounts", name)
                        .isTrue();
            case NONE ->
                assertThat(tool.service())
                        .as("%s: a tool of no account uses no service", name)
                        .isEmpty();
        }
    }

    /** One test for each sample: asks, runs, runs again, and looks at all that comes out. */
    @TestFactory
    Stream<DynamicTest> calls() {
        return samples(link()).stream()
                .map(Sample::tool)
                .distinct()
                .map(name -> dynamicTest(name, () -> sampled(name)));
    }

    private void sampled(String name) {
        var account = link();
        for (var sample : samples(account)) {
            if (sample.tool().equals(name)) {
                silent(account, () -> keepsToTheContract(tool(name), sample, account));
            }
        }
    }

    /** Runs it, and looks at what was printed and logged meanwhile. */
    private <T> T silent(TestAccount account, Supplier<T> act) {
        try (var printed = new Printed(connector().getClass().getPackageName())) {
            var result = act.get();
            assertThat(printed.text()).as("what is printed and logged").doesNotContain(account.accessToken());
            return result;
        }
    }

    private Tool<?, ?> tool(String name) {
        return tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a sample names the tool " + name + ", which is not there"));
    }

    private <I extends Record, O extends Record> O keepsToTheContract(
            Tool<I, O> tool, Sample sample, TestAccount account) {
        var in = TestJson.read(sample.arguments(), tool.input());
        var call = TestCall.on(List.of(account), clock(), ZoneId.of("Europe/Berlin"));
        assertThat(TestJson.read(TestJson.write(in), tool.input()))
                .as("%s: its input, written and read again", tool.name())
                .isEqualTo(in);
        asks(tool, in, call, account);
        var out = tool.run().call(in, call);
        looksRight(tool, out, account);
        if (tool.effect() != Effect.READ) {
            actsOnce(tool, in, out, call, account);
        }
        assertThat(account.upstream().exchanges())
                .as("%s: requests, all below the provider's API or to where it let a transfer go", tool.name())
                .allMatch(this::staysWithTheProvider);
        return out;
    }

    private boolean staysWithTheProvider(Exchange exchange) {
        return exchange.transfer()
                ? provider().transfersTo(exchange.uri())
                : provider().bases().stream()
                        .anyMatch(base -> exchange.uri().toString().startsWith(base.toString()));
    }

    private <I extends Record> void asks(Tool<I, ?> tool, I in, TestCall call, TestAccount account) {
        if (tool.question().isEmpty()) {
            return;
        }
        var before = account.upstream().exchanges().size();
        var question = tool.question().get().about(in, call);
        assertThat(account.upstream().exchanges().stream().skip(before))
                .as("%s: requests of its question, which only read", tool.name())
                .allMatch(Exchange::safe);
        assertThat(tool.question().get().about(in, call))
                .as("%s: the same question again", tool.name())
                .isEqualTo(question);
        assertThat(question.verb())
                .as("%s: the question's constant phrase", tool.name())
                .isNotBlank()
                .doesNotContain("@")
                .hasSizeLessThanOrEqualTo(60);
        assertThat(question.values())
                .extracting(Question.Value::label)
                .as("%s: labels of the question's values, one of them Account", tool.name())
                .contains("Account");
        assertThat(question.toString())
                .as("%s: no token in its question", tool.name())
                .doesNotContain(account.accessToken());
        if (tool.effect() == Effect.SEND) {
            assertThat(question.reaches())
                    .as("%s: whom it reaches, Question.reaching", tool.name())
                    .isNotEmpty();
        }
    }

    private static <O extends Record> void looksRight(Tool<?, O> tool, O out, TestAccount account) {
        var json = TestJson.write(out);
        assertThat(TestJson.read(json, tool.output()))
                .as("%s: its result, written and read again", tool.name())
                .isEqualTo(out);
        assertThat(json).as("%s: no token in its result", tool.name()).doesNotContain(account.accessToken());
        tool.text().map(text -> text.apply(out)).ifPresent(text -> {
            assertThat(text)
                    .as("%s: its text(…), without a token", tool.name())
                    .isNotBlank()
                    .doesNotContain(account.accessToken());
            assertThat(Shapes.printedIn(text, out))
                    .as("%s: what Java prints of records and Optionals, in its text(…)", tool.name())
                    .isEmpty();
        });
        assertThat(tool.foreign().apply(out))
                .as("%s: what others wrote, each with author and source", tool.name())
                .allSatisfy(foreign -> {
                    assertThat(foreign.author()).isNotBlank();
                    assertThat(foreign.source()).isNotBlank();
                    assertThat(foreign.toString()).doesNotContain(account.accessToken());
                });
    }

    /** The same call again gives the same result, or says that there is nothing left to act on; reads find that it acted. */
    private static <I extends Record, O extends Record> void actsOnce(
            Tool<I, O> tool, I in, O out, TestCall call, TestAccount account) {
        try {
            assertThat(tool.run().call(in, call))
                    .as("%s: the same call again, which must not act twice; give the upstream call.id()", tool.name())
                    .isEqualTo(out);
        } catch (ToolException e) {
            assertThat(e.getMessage())
                    .as("%s: what the same call again says", tool.name())
                    .isNotBlank()
                    .doesNotContain(account.accessToken());
        } catch (UpstreamException e) {
            assertThat(e.kind())
                    .as("%s: how the same call again fails", tool.name())
                    .isEqualTo(UpstreamException.Kind.NOT_FOUND);
        }
        tool.recover()
                .ifPresent(recover -> assertThat(recover.resultOf(in, call))
                        .as("%s: what recover(…) finds of a run that acted", tool.name())
                        .isPresent());
    }
}
