package dev.countersign.mcp;

import static dev.countersign.mcp.CallRooms.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.approvals.Tier;
import dev.countersign.audit.AuditEvent;
import dev.countersign.connector.Question;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.policy.PolicyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** MCP 2026-07-28, server/tools: what one call comes to. Failures that the model can mend are results. */
class CallFlowTest {
    @TempDir
    Path folder;

    private CallRooms rooms;

    @BeforeEach
    void open() {
        rooms = new CallRooms(folder);
    }

    @AfterEach
    void close() {
        rooms.close();
    }

    private static Answer.Result failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Result.class);
        var result = (Answer.Result) answer;
        assertThat(result.isError()).isTrue();
        assertThat(result.members()).endsWith("\"isError\":true");
        return result;
    }

    private static void assertFailure(Answer answer, String words) {
        assertThat(failure(answer).members()).contains(words);
    }

    private static void assertSuccess(Answer answer, String words) {
        assertThat(answer).isInstanceOf(Answer.Result.class);
        var result = (Answer.Result) answer;
        assertThat(result.isError()).isFalse();
        assertThat(result.members()).contains("\"structuredContent\":{\"words\":\"" + words + "\"}");
    }

    private static Answer.Ask asked(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Ask.class);
        return (Answer.Ask) answer;
    }

    @Test
    void read_givesItsResultAndIsWrittenToTheAudit() {
        assertSuccess(rooms.call(Notes.READ, note("hello")), "hello");
        rooms.audit.close();
        assertThat(rooms.audit.recent(rooms.alice.id(), 10))
                .filteredOn(event -> event.type().equals("tool.call"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail())
                        .containsEntry("outcome", "ok")
                        .containsOnlyKeys("outcome", "arguments"));
    }

    @Test
    void resultWithoutWords_isItsJsonInTextToo() {
        var result = (Answer.Result) rooms.call(Notes.READ, note("hello"));
        assertThat(JsonMapper.shared()
                        .readTree("{" + result.members() + "}")
                        .path("content")
                        .path(0)
                        .path("text")
                        .stringValue())
                .isEqualTo("{\"words\":\"hello\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                            | text",
                "{\"text\":5,\"times\":1,\"weight\":1}                         | text",
                "{\"text\":\"a\",\"times\":\"1\",\"weight\":1}                 | times",
                "{\"text\":\"a\",\"times\":1.5,\"weight\":1}                   | times",
                "{\"text\":\"a\",\"times\":1,\"weight\":1,\"more\":1}          | more",
                "{\"text\":\"a\",\"times\":1,\"weight\":1,\"color\":\"pink\"}  | color",
                "{\"text\":\"a\",\"times\":99999999999,\"weight\":1}           | not of the form",
                "{\"text\":\"a\",\"times\":9007199254740993,\"weight\":1}      | 9007199254740993",
                "{\"text\":\"\\ud800\",\"times\":1,\"weight\":1}               | cannot be taken",
            })
    void wrongArgument_isAResultThatNamesIt(String arguments, String named) {
        assertFailure(rooms.call(Notes.READ, arguments), named);
        assertThat(rooms.notes.ran).isEmpty();
    }

    @Test
    void overLongText_isRefusedByTheSchema() {
        assertFailure(rooms.call(Notes.READ, note("a".repeat(101))), "text");
    }

    @Test
    void toolThatFails_saysWhatToDo() {
        rooms.notes.body = (in, call) -> {
            throw new ToolException("No note with id x. Call note_list and use an id from it.");
        };

        assertFailure(rooms.call(Notes.READ, note("x")), "No note with id x. Call note_list");
    }

    @ParameterizedTest
    @EnumSource
    void providerThatFails_isAResult(UpstreamException.Kind kind) {
        rooms.notes.body = (in, call) -> {
            throw new UpstreamException(kind, "The provider said no. Try another.");
        };

        assertFailure(rooms.call(Notes.READ, note("x")), "The provider said no. Try another.");
    }

    @Test
    void providerThatLimits_saysHowLongToWait() {
        rooms.notes.body = (in, call) -> {
            throw new UpstreamException(
                    UpstreamException.Kind.RATE_LIMITED,
                    "Too many requests.",
                    Optional.of(Duration.ofSeconds(7)),
                    Optional.empty());
        };

        assertFailure(rooms.call(Notes.READ, note("x")), "Wait 7 seconds, then call again.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void questionThatFails_isAResultAndNothingWaits(boolean upstream) {
        rooms.notes.question = (in, call) -> {
            throw upstream
                    ? new UpstreamException(UpstreamException.Kind.NOT_FOUND, "It is gone.")
                    : new ToolException("It is gone.");
        };

        assertFailure(rooms.call(Notes.WRITE, note("x")), "It is gone.");
        assertThat(rooms.approvals.waiting(rooms.alice.id())).isEmpty();
    }

    @Test
    void personWhoIsGone_isTheirResult() {
        var nobody = CallRooms.principal("nobody");

        assertFailure(rooms.call(nobody, Notes.READ, note("x"), Optional.empty(), CallRooms.LONG), "Sign in again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {Notes.READ, Notes.WRITE})
    void deadlinePassed_interruptsAndSaysSo(String tool, @TempDir Path other) {
        rooms.close();
        rooms = new CallRooms(other, PolicyFile.defaults(), Duration.ofSeconds(1));
        var interrupted = new CompletableFuture<Boolean>();
        rooms.notes.body = (in, call) -> {
            standUntilInterrupted(interrupted);
            return new Notes.Out("too late");
        };
        rooms.notes.question = (in, call) -> {
            standUntilInterrupted(interrupted);
            return Question.of("too late");
        };

        assertFailure(rooms.call(tool, note("x")), "longer than 1 seconds and was ended; nothing was changed");
        assertThat(interrupted).succeedsWithin(CallRooms.LONG).isEqualTo(true);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(rooms.approvals.waiting(rooms.alice.id())).isEmpty();
    }

    private static void standUntilInterrupted(CompletableFuture<Boolean> interrupted) {
        try {
            interrupted.complete(new CountDownLatch(1).await(CallRooms.LONG.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            interrupted.complete(true);
            throw new IllegalStateException("as a driver wraps it", e);
        }
    }

    @Test
    void clientGoneDuringARead_isAnsweredNothing() throws Exception {
        var entered = new CompletableFuture<Boolean>();
        rooms.notes.body = (in, call) -> {
            entered.complete(true);
            standUntilInterrupted(new CompletableFuture<>());
            return new Notes.Out("nobody wants it");
        };

        assertEnds(entered, Notes.READ, Optional.empty());
    }

    @Test
    void clientGoneWhileItsCallIsCarriedOut_isAnsweredNothingAndTheCallGoesOn() throws Exception {
        var entered = new CompletableFuture<Boolean>();
        var release = new CountDownLatch(1);
        rooms.notes.body = (in, call) -> {
            entered.complete(true);
            awaitQuietly(release);
            return new Notes.Out("done");
        };
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertEnds(entered, Notes.WRITE, Optional.of(new Reply(ask.approvalId(), ask.digest(), true, Action.ACCEPT)));
        release.countDown();
        assertSuccess(rooms.call(Notes.WRITE, note("hello")), "done");
        assertThat(rooms.notes.ran).hasSize(1);
    }

    @Test
    void clientGoneWhileThePersonIsAtOurPage_isAnsweredNothing() throws Exception {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        var entered = new CompletableFuture<Boolean>();
        entered.complete(true);

        assertEnds(entered, Notes.WRITE, Optional.of(new Reply(ask.approvalId(), ask.digest(), false, Action.ACCEPT)));
        assertThat(rooms.approvals.waiting(rooms.alice.id())).hasSize(1);
    }

    /** The client of a call leaves once it has been entered. */
    private void assertEnds(CompletableFuture<?> entered, String tool, Optional<Reply> reply) throws Exception {
        var watched = new CompletableFuture<InFlight.Running>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> {
                try (var running = rooms.inFlight.enter()) {
                    watched.complete(running);
                    return rooms.call(rooms.principal(), tool, note("hello"), reply, CallRooms.LONG, running);
                }
            });
            entered.get(CallRooms.LONG.toSeconds(), TimeUnit.SECONDS);
            watched.get(CallRooms.LONG.toSeconds(), TimeUnit.SECONDS).cancel();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> answer.get(CallRooms.LONG.toSeconds(), TimeUnit.SECONDS))
                    .withCauseInstanceOf(CallEndedException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void write_isAskedInTheClientAndRunsOnceItIsAnswered() {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        assertThat(ask.tier()).isEqualTo(Tier.T1);
        assertThat(ask.formDecides()).isTrue();
        assertThat(ask.message()).isEqualTo("Write note?\nText: “hello”");
        assertThat(rooms.notes.ran).isEmpty();

        assertSuccess(rooms.repeat(Notes.WRITE, note("hello"), ask, true, Action.ACCEPT), "hello");
        assertThat(rooms.notes.ids).containsExactly(ask.approvalId().orElseThrow());
    }

    @Test
    void identicalCall_answersWithTheOutcomeUntilItIsTenMinutesOld() {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        rooms.repeat(Notes.WRITE, note("hello"), ask, true, Action.ACCEPT);
        rooms.notes.question = (in, call) -> {
            throw new ToolException("what it was about is gone because it ran");
        };

        assertSuccess(rooms.call(Notes.WRITE, "{\"weight\":1.0,\"times\":1,\"text\":\"hello\"}"), "hello");
        assertThat(rooms.notes.ran).hasSize(1);
        rooms.clock.advance(Duration.ofMinutes(10));
        assertFailure(rooms.call(Notes.WRITE, note("hello")), "is gone because it ran");
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLINE", "CANCEL"})
    void declinedInTheClient_isFinalForTheIdenticalCall(Action action) {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertFailure(rooms.repeat(Notes.WRITE, note("hello"), ask, true, action), "The person declined this.");
        assertFailure(rooms.call(Notes.WRITE, note("hello")), "The person declined this.");
        assertThat(rooms.notes.ran).isEmpty();
    }

    @Test
    void signalThatRaises_makesOfAWriteWhatOurPageDecides() {
        rooms.risk.declined(rooms.alice.id(), "app", "App", rooms.principal().grantId(), 3);
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertThat(ask.tier()).isEqualTo(Tier.T2);
        assertThat(ask.formDecides()).isFalse();
        assertThat(rooms.approvals.waiting(rooms.alice.id()))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.reasons()).anyMatch(reason -> reason.contains("declined 3")));
    }

    @Test
    void raisedWhileItWaits_isNotDecidedByTheClientAnyMore() {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        rooms.risk.declined(rooms.alice.id(), "app", "App", rooms.principal().grantId(), 3);
        rooms.call(Notes.WRITE, note("hello"));

        assertFailure(rooms.repeat(Notes.WRITE, note("hello"), ask, true, Action.ACCEPT), "the person must confirm");
        assertThat(rooms.notes.ran).isEmpty();
    }

    @Test
    void tierTwo_isDeclinedInTheClientAllTheSame() {
        rooms.risk.declined(rooms.alice.id(), "app", "App", rooms.principal().grantId(), 3);
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertFailure(
                rooms.repeat(Notes.WRITE, note("hello"), ask, false, Action.DECLINE), "The person declined this.");
        assertThat(rooms.approvals.waiting(rooms.alice.id())).isEmpty();
    }

    @Test
    void reachesOthers_isDecidedOnOurPageHoweverTheToolIsCalled() {
        rooms.notes.question = (in, call) -> Question.of("Write note").reaching(java.util.List.of("bob@example.com"));
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertThat(ask.tier()).isEqualTo(Tier.T2);
        rooms.approve(ask);
        assertSuccess(rooms.repeat(Notes.WRITE, note("hello"), ask, false, Action.ACCEPT), "hello");
    }

    @Test
    void stillUndecidedAfterTheClientsPatience_isSentToOurPage() {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        var answer = failure(rooms.repeat(Notes.WRITE, note("hello"), ask, false, Action.ACCEPT, Duration.ofMillis(1)));

        assertThat(answer.members()).contains(ask.page().toString(), "exactly the same call again");
        assertThat(answer.meta())
                .contains("confirmation_required", ask.approvalId().orElseThrow());
    }

    @Test
    void takesLongerThanTheClientsPatience_isUnderWay() throws Exception {
        var release = new CountDownLatch(1);
        rooms.notes.body = (in, call) -> {
            awaitQuietly(release);
            return new Notes.Out("done");
        };
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertFailure(
                rooms.repeat(Notes.WRITE, note("hello"), ask, true, Action.ACCEPT, Duration.ofMillis(1)),
                "being carried out");
        release.countDown();
        assertSuccess(rooms.call(Notes.WRITE, note("hello")), "done");
        assertThat(rooms.notes.ran).hasSize(1);
    }

    @Test
    void replyToAQuestionThatIsGone_isAskedAnew() {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        rooms.notes.question = (in, call) -> Question.of("Write note").with("Text", "something else");
        rooms.call(Notes.WRITE, note("hello"));
        var anew = asked(rooms.repeat(Notes.WRITE, note("hello"), ask, true, Action.ACCEPT));

        assertThat(anew.approvalId()).isNotEqualTo(ask.approvalId());
        assertThat(rooms.notes.ran).isEmpty();
    }

    @Test
    void replyForgedForAnotherPersonsQuestion_decidesNothing() {
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));
        var bob = rooms.people.create(
                "bob@example.com",
                "Bob",
                dev.countersign.vault.Secret.of("a password for tests"),
                java.time.ZoneOffset.UTC,
                false);
        var reply = new Reply(ask.approvalId(), ask.digest(), true, Action.ACCEPT);
        var answer = asked(rooms.call(
                CallRooms.principal(bob.id()), Notes.WRITE, note("hello"), Optional.of(reply), CallRooms.LONG));

        assertThat(answer.approvalId()).isNotEqualTo(ask.approvalId());
        assertThat(rooms.notes.ran).isEmpty();
    }

    @Test
    void queueFull_isAResult() {
        for (int i = 0; i < (CallRooms.QUEUE + 1) / 2; i++) {
            asked(rooms.call(Notes.WRITE, note("note " + i)));
        }

        assertFailure(rooms.call(Notes.WRITE, note("one more")), "2 requests of yours wait for this person's answer");
    }

    @Test
    void failureOfTheRun_isToldAndStands() {
        rooms.notes.body = (in, call) -> {
            throw new ToolException("The folder is full. Choose another.");
        };
        var ask = asked(rooms.call(Notes.WRITE, note("hello")));

        assertFailure(rooms.repeat(Notes.WRITE, note("hello"), ask, true, Action.ACCEPT), "The folder is full.");
        assertFailure(rooms.call(Notes.WRITE, note("hello")), "The folder is full.");
        assertThat(rooms.notes.ran).hasSize(1);
    }

    @Test
    void tokenWithoutTheScope_isTheChallengeAndNothingRuns() {
        var weak = new dev.countersign.oauth.Principal(
                rooms.alice.id(), "app", "App", "grant", Set.of("calendar:read"), Instant.EPOCH);

        assertThat(rooms.call(weak, Notes.WRITE, note("hello"), Optional.empty(), CallRooms.LONG))
                .isEqualTo(new Answer.InsufficientScope(Set.of("search")));
        assertThat(rooms.notes.ran).isEmpty();
    }

    @Test
    void nothingLinked_asksThePersonToLink() {
        var ask = asked(rooms.call(Notes.LINKED, "{}"));

        assertThat(ask.approvalId()).isEmpty();
        assertThat(ask.formDecides()).isFalse();
        assertThat(ask.page().toString()).startsWith("http://localhost:8484/connect");
    }

    @ParameterizedTest
    @EnumSource(names = {"DECLINE", "CANCEL"})
    void linkDeclined_isAResultThatSaysSo(Action action) {
        var ask = asked(rooms.call(Notes.LINKED, "{}"));

        assertFailure(rooms.repeat(Notes.LINKED, "{}", ask, false, action), "The person did not link an account");
    }

    @Test
    void linkAcceptedButNotMade_isSentToThePage() {
        var ask = asked(rooms.call(Notes.LINKED, "{}"));
        var answer = failure(rooms.repeat(Notes.LINKED, "{}", ask, false, Action.ACCEPT, Duration.ofMillis(1)));

        assertThat(answer.meta()).contains("connection_required");
    }

    @Test
    void tierZero_runsAtOnceAndIsOnDiskFirst(@TempDir Path other) {
        try (var free = CallRooms.with(other, Tier.T0)) {
            assertSuccess(free.call(Notes.WRITE, note("hello")), "hello");
            assertThat(free.audit.recent(free.alice.id(), 10).reversed())
                    .extracting(AuditEvent::decision)
                    .containsSubsequence("approved", "started", "executed");
        }
    }
}
