package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approvals.FrozenCall;
import dev.countersign.approvals.RunResult;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.oauth.Principal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is carried out is what was approved, or nothing; and what may have acted is never simply repeated. */
class ApprovedCallsTest {
    private static final Question SHOWN = Question.of("Write note").with("Text", "hello");

    private CallRooms rooms;
    private Notes notes;

    @BeforeEach
    void open(@TempDir Path folder) {
        rooms = new CallRooms(folder);
        notes = rooms.notes;
    }

    @AfterEach
    void close() {
        rooms.close();
    }

    private ApprovedCalls runner(List<Tool<?, ?>> tools) {
        var parts = new ConnectorCall.Rooms(rooms.connections, rooms.sealer, rooms.clock);
        return new ApprovedCalls(new ToolCatalog(tools), rooms.people, parts);
    }

    private Tool<?, ?> tool(String name) {
        return notes.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode arguments(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    private FrozenCall frozen(String tool) {
        return frozen(rooms.principal(), tool, List.of());
    }

    private FrozenCall frozen(Principal principal, String tool, List<LinkedAccount> accounts) {
        return FrozenCall.of(principal, tool(tool), arguments(CallRooms.note("hello")), accounts, Optional.empty());
    }

    private RunResult run(FrozenCall call, int attempt) {
        return runner(notes.tools()).run(call, SHOWN, attempt);
    }

    private RunResult write(int attempt) {
        return run(frozen(Notes.WRITE), attempt);
    }

    private static UpstreamException failure(Kind kind) {
        return new UpstreamException(kind, "The provider failed.");
    }

    @Test
    void approved_runsUnderTheApprovalsOwnId() {
        var call = frozen(Notes.WRITE);
        var result = run(call, 1);

        assertThat(result).isInstanceOf(RunResult.Done.class);
        assertThat(((RunResult.Done) result).resultJson())
                .startsWith("{\"content\":")
                .contains("\"structuredContent\":{\"words\":\"hello\"}");
        assertThat(notes.ids).containsExactly(call.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"weight\":1e21,\"text\":\"\\u00e9\\ud83e\\udd86\\u2028\\\"\",\"times\":-0}",
                "{\"text\":\"a\",\"times\":2147483647,\"weight\":0.1,\"color\":\"blue\",\"tags\":[\"b\",\"a\"]}",
                "{\"text\":\"\",\"times\":1e2,\"weight\":5,\"tags\":[]}",
                "{\"text\":\"a\",\"times\":3.0,\"weight\":-1.5e-7}",
            })
    void canonicalArguments_giveTheSameInput(String json) {
        var given = arguments(json);
        var checked = new CheckedTool<>(notes.write("Writes."));
        notes.question = (in, call) -> SHOWN;
        assertThat(checked.problems(given)).isEmpty();
        var call = FrozenCall.of(rooms.principal(), checked.tool(), given, List.of(), Optional.empty());

        assertThat(run(call, 1)).isInstanceOf(RunResult.Done.class);
        assertThat(notes.ran).containsExactly(checked.read(given));
    }

    @Test
    void bothCanonicalForms_areTheSameText() {
        var given =
                arguments("{\"weight\":1e21,\"text\":\"\\u00e9\\u2028\\u0007\",\"times\":5.0,\"a\":[0.1,-0.0,1e-7]}");

        assertThat(dev.countersign.approvals.CanonicalJson.of(given))
                .isEqualTo(dev.countersign.approvals.Digests.canonical(given));
    }

    @Test
    void toolGone_isVoidAtFirstAndUnknownAfterACut() {
        var call = frozen(Notes.WRITE);
        var others = notes.tools().stream()
                .filter(tool -> !tool.name().equals(Notes.WRITE))
                .toList();

        assertThat(runner(others).run(call, SHOWN, 1)).isInstanceOf(RunResult.Changed.class);
        assertThat(runner(others).run(call, SHOWN, 2)).isInstanceOf(RunResult.Unknown.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void toolChanged_isVoidAtFirstAndUnknownAfterACut() {
        var call = frozen(Notes.WRITE);
        List<Tool<?, ?>> changed = List.of(notes.write("Writes to somebody else."));

        assertThat(runner(changed).run(call, SHOWN, 1)).isInstanceOf(RunResult.Changed.class);
        assertThat(runner(changed).run(call, SHOWN, 2)).isInstanceOf(RunResult.Unknown.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void tokenWithoutTheScope_doesNotAct() {
        var weak = new Principal(rooms.alice.id(), "app", "App", "grant", Set.of("calendar:read"), Instant.EPOCH);

        assertThat(run(frozen(weak, Notes.WRITE, List.of()), 1)).isInstanceOf(RunResult.Failed.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void personGone_isFailedAtFirstAndUnknownAfterACut() {
        var call = frozen(CallRooms.principal("nobody"), Notes.WRITE, List.of());

        assertThat(run(call, 1)).isInstanceOf(RunResult.Failed.class);
        assertThat(run(call, 2)).isInstanceOf(RunResult.Unknown.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void accountGone_isFailedAtFirstAndUnknownAfterACut() {
        var account = new LinkedAccount(
                "gone",
                rooms.alice.id(),
                "sandbox",
                "Sandbox",
                "work",
                "1",
                "alice@work.example",
                Set.of(),
                LinkedAccount.State.ACTIVE,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
        var call = frozen(rooms.principal(), Notes.WRITE, List.of(account));

        assertThat(run(call, 1)).isEqualTo(new RunResult.Failed("The account was disconnected. Nothing was done."));
        assertThat(run(call, 2)).isInstanceOf(RunResult.Unknown.class);
        assertThat(notes.ran).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void wordsChanged_isVoidEvenWhenAnEarlierAttemptSurelyDidNothing(int attempt) {
        notes.question = (in, call) -> SHOWN.with("Shared with", "everybody");

        assertThat(write(attempt)).isInstanceOf(RunResult.Changed.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void versionOrReachChanged_isVoid() {
        notes.question = (in, call) -> SHOWN.atVersion(Optional.of("v2"));
        assertThat(write(1)).isInstanceOf(RunResult.Changed.class);

        notes.question = (in, call) -> SHOWN.reaching(List.of("eve@example.com"));
        assertThat(write(1)).isInstanceOf(RunResult.Changed.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void questionThatCannotBeAskedAgain_doesNotAct() {
        notes.question = (in, call) -> {
            throw new ToolException("No note with id x.");
        };
        assertThat(write(1)).isEqualTo(new RunResult.Changed("No note with id x."));

        notes.question = (in, call) -> {
            throw failure(Kind.UNAVAILABLE);
        };
        assertThat(write(1)).isEqualTo(new RunResult.Failed("The provider failed. Nothing was done."));
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void cutOffAndItHadActed_givesItsResultWithoutActingAgain() {
        notes.recovery = (in, call) -> Optional.of(new Notes.Out("found"));
        notes.question = (in, call) -> {
            throw new ToolException("what it was about is gone because it ran");
        };
        var result = write(2);

        assertThat(result).isInstanceOf(RunResult.Done.class).asString().contains("found");
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void cutOffAndItHadSurelyNotActed_acts() {
        assertThat(write(2)).isInstanceOf(RunResult.Done.class);
        assertThat(notes.ran).hasSize(1);
    }

    @Test
    void cutOffAndNobodyCanSay_isUnknown() {
        assertThat(run(frozen(Notes.POST), 2)).isInstanceOf(RunResult.Unknown.class);
        notes.recovery = (in, call) -> {
            throw failure(Kind.NO_ANSWER);
        };
        assertThat(write(2)).isInstanceOf(RunResult.Unknown.class);
        notes.recovery = (in, call) -> {
            throw new ToolException("It cannot be looked up.");
        };
        assertThat(write(2)).isInstanceOf(RunResult.Unknown.class);
        assertThat(notes.ran).isEmpty();
    }

    @Test
    void firstAttempt_doesNotAskWhetherItActed() {
        notes.recovery = (in, call) -> Optional.of(new Notes.Out("of another call"));

        assertThat(write(1)).asString().contains("hello");
        assertThat(notes.ran).hasSize(1);
    }

    @Test
    void toolThatFails_didNotAct() {
        notes.body = (in, call) -> {
            throw new ToolException("The folder is full.");
        };

        assertThat(write(1)).isEqualTo(new RunResult.Failed("The folder is full."));
    }

    @Test
    void toolThatBreaks_mayHaveActed() {
        notes.body = (in, call) -> {
            throw new IllegalStateException("a private cause");
        };

        assertThat(write(1)).isInstanceOf(RunResult.Unknown.class).asString().doesNotContain("private");
    }

    @ParameterizedTest
    @EnumSource
    void providerThatFailsAndCannotSay_isUnknownWhereItMayHaveActed(Kind kind) {
        notes.body = (in, call) -> {
            throw failure(kind);
        };
        var mayHaveActed = Set.of(Kind.NO_ANSWER, Kind.UNAVAILABLE, Kind.BROKEN).contains(kind);

        assertThat(run(frozen(Notes.POST), 1))
                .isInstanceOf(mayHaveActed ? RunResult.Unknown.class : RunResult.Failed.class)
                .asString()
                .contains("The provider failed.");
        assertThat(notes.ran).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER, found, Done",
        "NO_ANSWER, absent, Unknown",
        "NO_ANSWER, fails, Unknown",
        "BROKEN, found, Done",
        "BROKEN, absent, Unknown",
        "UNAVAILABLE, found, Done",
        "UNAVAILABLE, absent, Unknown",
        "UNAVAILABLE, fails, Unknown",
    })
    void noSuccessSeen_isWhatTheProviderSaysOfIt(Kind kind, String said, String result) {
        notes.body = (in, call) -> {
            throw failure(kind);
        };
        notes.recovery = (in, call) -> switch (said) {
            case "found" -> Optional.of(new Notes.Out("found"));
            case "absent" -> Optional.empty();
            default -> throw failure(Kind.UNAVAILABLE);
        };

        assertThat(write(1).getClass().getSimpleName()).isEqualTo(result);
        assertThat(notes.ran).as("it is never sent twice").hasSize(1);
    }
}
