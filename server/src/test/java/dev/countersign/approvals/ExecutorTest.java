package dev.countersign.approvals;

import static dev.countersign.approvals.ApprovalsFixture.OUTCOME_KEPT;
import static dev.countersign.approvals.ApprovalsFixture.SEND;
import static dev.countersign.approvals.ApprovalsFixture.call;
import static dev.countersign.approvals.ApprovalsFixture.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.countersign.AtOnce;
import dev.countersign.approvals.Approval.State;
import dev.countersign.audit.AuditEvent;
import dev.countersign.store.ApprovalTable;
import dev.countersign.store.ClaimTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is approved runs, once; what a dead process left is taken up and never simply repeated. */
class ExecutorTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ApprovalsFixture room;

    @BeforeEach
    void open() {
        room = later(new ApprovalsFixture(folder));
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T later(T opened) {
        open.add(opened);
        return opened;
    }

    private Executor executor(Runner runner) {
        return executor(room, runner, "a");
    }

    private Executor executor(ApprovalsFixture node, Runner runner, String name) {
        return later(new Executor(node.approvals, runner, grant -> true, name));
    }

    /** One more node, or the same after a restart. */
    private ApprovalsFixture another() {
        return later(new ApprovalsFixture(folder, room.clock));
    }

    private Approval ended(Approval approval) {
        return room.approvals.await(approval.id(), LONG);
    }

    @Test
    void approved_runsAsItWasFrozenAndKeepsItsResult() {
        var runs = Runs.done();
        executor(runs).start();
        var approved = room.approve(room.ask("hello", Tier.T2));

        assertThat(ended(approved).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).containsExactly(new Runs.Run(approved.id(), "{\"text\":\"hello\"}", 1));
        assertThat(room.approvals.outcome(approved.id())).contains(new CallOutcome.Executed("{\"id\":\"1\"}"));
        assertThat(room.decisions(approved)).containsExactly("asked", "approved", "started", "executed");
    }

    @Test
    void whomItReached_isToldToTheSignalsOnlyOnceItRan() {
        var question = SEND.reaching(List.of("bob@example.com"));
        executor(Runs.giving(() -> room.history.reached.isEmpty()
                        ? new RunResult.Done("{}")
                        : new RunResult.Failed("it was told too early")))
                .start();
        var asked = room.approvals.ask(call("hello"), Tier.T0, question, List.of());

        assertThat(ended(asked).state()).isEqualTo(State.EXECUTED);
        executorsEnd();
        assertThat(room.history.reached).containsExactly(List.of("bob@example.com"));
    }

    @Test
    void signalsThatCannotBeTold_hideNoOutcome() {
        room.history.broken = true;
        executor(Runs.done()).start();
        var asked = room.ask("hello", Tier.T0);

        assertThat(ended(asked).state()).isEqualTo(State.EXECUTED);
        executorsEnd();
        assertThat(room.decisions(asked)).containsExactly("approved", "started", "executed");
    }

    /** What runs has come to its end, with all that follows it. */
    private void executorsEnd() {
        open.stream()
                .filter(Executor.class::isInstance)
                .map(Executor.class::cast)
                .forEach(Executor::close);
    }

    @ParameterizedTest
    @CsvSource({"0, EXECUTED", "1, FAILED", "2, UNKNOWN", "3, SUPERSEDED", "4, UNKNOWN"})
    void eachResult_endsInItsState(int which, State state) {
        executor(Runs.giving(() -> switch (which) {
                    case 0 -> new RunResult.Done("{}");
                    case 1 -> new RunResult.Failed("It did not act.");
                    case 2 -> new RunResult.Unknown("It may have acted.");
                    case 3 -> new RunResult.Changed("It changed.");
                    default -> throw new IllegalStateException("a private cause");
                }))
                .start();
        var asked = room.ask("hello", Tier.T0);

        assertThat(ended(asked).state()).isEqualTo(state);
        assertThat(room.approvals.outcome(asked.id()).map(Object::toString).orElse(""))
                .doesNotContain("a private cause");
        assertThat(room.ask("hello", Tier.T1).id().equals(asked.id())).isEqualTo(state != State.SUPERSEDED);
    }

    @Test
    void runnerThatFailsWithAnError_leavesItUnknown() {
        executor(Runs.giving(() -> {
                    throw new AssertionError("broken");
                }))
                .start();

        assertThat(ended(room.ask("hello", Tier.T0)).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void startOfARun_isWrittenBeforeAnythingActs() {
        var before = new ConcurrentLinkedQueue<String>();
        executor(Runs.giving(() -> {
                    room.audited.stream().map(AuditEvent::decision).forEach(before::add);
                    return new RunResult.Done("{}");
                }))
                .start();
        ended(room.ask("hello", Tier.T0));

        assertThat(before).containsExactly("approved", "started");
    }

    @Test
    void startThatCannotBeWritten_actsNotAtAll() throws Exception {
        var tried = new java.util.concurrent.CountDownLatch(1);
        var node = later(new ApprovalsFixture(folder, room.clock, event -> {
            if (event.decision().equals("started")) {
                tried.countDown();
                throw new IllegalStateException("the disk is full");
            }
        }));
        var runs = Runs.done();
        var executor = executor(node, runs, "a");
        executor.start();
        var asked = node.approve(node.ask("hello", Tier.T1));
        assertThat(tried.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        executor.close();

        assertThat(runs.seen).isEmpty();
        assertThat(node.state(asked)).isEqualTo(State.APPROVED);
    }

    @Test
    void callOfPolicyWhoseStartCannotBeWritten_isNotThere() {
        var node = later(new ApprovalsFixture(folder, room.clock, event -> {
            if (event.decision().equals("started")) {
                throw new IllegalStateException("the disk is full");
            }
        }));
        var runs = Runs.done();
        executor(node, runs, "a").start();

        assertThatIllegalStateException().isThrownBy(() -> node.ask("hello", Tier.T0));

        assertThat(runs.seen).isEmpty();
        assertThat(node.approvals.recent(ApprovalsFixture.ALICE)).isEmpty();
    }

    @Test
    void twoNodesThatLookAtOnce_runEachCallOnce() throws Exception {
        var asked = IntStream.range(0, 30)
                .mapToObj(i -> room.ask("note " + i, Tier.T0))
                .toList();
        var runs = Runs.done();
        var executors = List.of(executor(room, runs, "a"), executor(another(), runs, "b"));
        AtOnce.run(2, i -> {
            executors.get(i).start();
            return i;
        });

        assertThat(asked).allSatisfy(each -> assertThat(ended(each).state()).isEqualTo(State.EXECUTED));
        assertThat(runs.seen).hasSize(asked.size()).extracting(Runs.Run::id).doesNotHaveDuplicates();
        assertThat(runs.seen).extracting(Runs.Run::attempt).containsOnly(1);
    }

    @Test
    void nodeThatTookTheDecisionIsGone_anotherRunsItAfterAWhile() {
        var runs = Runs.done();
        executor(another(), runs, "b").start();
        var asked = room.ask("hello", Tier.T0);
        room.clock.advance(Duration.ofSeconds(3));

        assertThat(ended(asked).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).hasSize(1);
    }

    @Test
    void killedBeforeTheClaim_runsAtTheNextStartAsTheFirstAttempt() {
        var stopped = executor(Runs.done());
        stopped.start();
        stopped.stop();
        var asked = room.ask("hello", Tier.T0);
        assertThat(room.state(asked)).isEqualTo(State.APPROVED);
        var runs = Runs.done();
        executor(another(), runs, "a").start();

        assertThat(ended(asked).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).extracting(Runs.Run::attempt).containsExactly(1);
    }

    @Test
    void killedInTheMiddle_isTakenUpAsTheSecondAttemptAndTheDeadEndsNothing() throws Exception {
        var dead = Runs.held(new RunResult.Failed("from the dead"));
        var killed = executor(dead);
        killed.start();
        var asked = room.ask("hello", Tier.T0);
        dead.awaitEntered(1);
        killed.stop();
        var runs = Runs.done();
        var node = another();
        executor(node, runs, "a").start();

        assertThat(ended(asked).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).containsExactly(new Runs.Run(asked.id(), "{\"text\":\"hello\"}", 2));
        dead.release();
        killed.close();
        assertThat(room.state(asked)).isEqualTo(State.EXECUTED);
        assertThat(room.approvals.outcome(asked.id())).containsInstanceOf(CallOutcome.Executed.class);
        assertThat(room.decisions(asked)).containsExactly("approved", "started");
        assertThat(node.decisions(asked)).startsWith("started");
    }

    @Test
    void leaseOfAnotherNode_isRespectedUntilItIsOver() throws Exception {
        var held = Runs.held(new RunResult.Done("{}"));
        var first = executor(held);
        first.start();
        var asked = room.ask("hello", Tier.T0);
        held.awaitEntered(1);
        first.stop(); // it lengthens its lease no more
        room.clock.advance(Executor.LEASE.minusMillis(1));
        var runs = Runs.done();
        var early = executor(another(), runs, "b");
        early.start();
        early.close();
        assertThat(runs.seen).isEmpty();

        room.clock.advance(Duration.ofMillis(1));
        executor(another(), runs, "b").start();
        assertThat(ended(asked).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).extracting(Runs.Run::attempt).containsExactly(2);
        held.release();
    }

    @Test
    void providerThatAnswersOnePersonSlowly_holdsUpThatPersonsCallsOnly() throws Exception {
        var slow = Runs.held(new RunResult.Done("{}"));
        executor(slow).start();
        var begun = asked(Executor.OF_ONE_PERSON, "begun");
        slow.awaitEntered(begun.size());

        var over = asked(Executor.OF_ONE_PERSON, "over");
        var bobs =
                room.approvals.ask(call(principal("bob", "chat"), "hello", Optional.empty()), Tier.T0, SEND, List.of());
        slow.awaitEntered(1);

        assertThat(slow.seen).extracting(Runs.Run::id).contains(bobs.id());
        assertThat(over).allSatisfy(each -> assertThat(room.state(each)).isEqualTo(State.APPROVED));
        slow.release();
        assertThat(over).allSatisfy(each -> assertThat(ended(each).state()).isEqualTo(State.EXECUTED));
        assertThat(slow.seen).extracting(Runs.Run::id).doesNotHaveDuplicates();
    }

    @Test
    void killedWhileACallWaitedForItsShare_runsItAtTheNextStartAsTheFirstAttempt() throws Exception {
        var dead = Runs.held(new RunResult.Done("{}"));
        var killed = executor(dead);
        killed.start();
        var begun = asked(Executor.OF_ONE_PERSON, "begun");
        dead.awaitEntered(begun.size());
        var over = asked(1, "over").getFirst();
        killed.stop();
        var runs = Runs.done();
        executor(another(), runs, "a").start();

        assertThat(ended(over).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).contains(new Runs.Run(over.id(), "{\"text\":\"over 0\"}", 1));
        dead.release();
    }

    @Test
    void manyCallsOfOnePersonThatWaitedLonger_leaveOthersTheirTurn() {
        for (int i = 0; i < 100; i++) {
            room.ask("note " + i, Tier.T0);
        }
        room.clock.advance(Duration.ofSeconds(1));
        var bobs =
                room.approvals.ask(call(principal("bob", "chat"), "hello", Optional.empty()), Tier.T0, SEND, List.of());

        var first = room.database.read(c -> new ClaimTable().approvedBefore(c, room.clock.instant(), 2));

        assertThat(first).extracting(ApprovalTable.Row::id).contains(bobs.id());
    }

    private List<Approval> asked(int many, String text) {
        return IntStream.range(0, many)
                .mapToObj(i -> room.ask(text + " " + i, Tier.T0))
                .toList();
    }

    @Test
    void cutOffTooOften_isUnknownAndEntersTheRunnerNoMore() throws Exception {
        var held = Runs.held(new RunResult.Done("{}"));
        var asked = room.ask("hello", Tier.T0);
        for (int attempt = 1; attempt <= 5; attempt++) {
            var killed = executor(held);
            killed.start();
            held.awaitEntered(1);
            killed.stop();
        }
        var last = Runs.done();
        executor(last).start();

        assertThat(ended(asked).state()).isEqualTo(State.UNKNOWN);
        assertThat(room.approvals.outcome(asked.id())).get().asString().contains("cut off 5 times");
        assertThat(held.seen).extracting(Runs.Run::attempt).containsExactly(1, 2, 3, 4, 5);
        assertThat(last.seen).isEmpty();
        held.release();
    }

    @Test
    void grantEndedBeforeTheRun_supersedes() {
        var runs = Runs.done();
        later(new Executor(room.approvals, runs, grant -> false, "a")).start();
        var asked = room.ask("hello", Tier.T0);

        assertThat(ended(asked).state()).isEqualTo(State.SUPERSEDED);
        executorsEnd();
        assertThat(runs.seen).isEmpty();
        assertThat(room.decisions(asked)).containsExactly("approved", "superseded");
    }

    @Test
    void grantEndedWhileACallOfPolicyWaitedForItsPlace_supersedes() {
        var runs = Runs.done();
        var asked = new AtomicInteger();
        later(new Executor(room.approvals, runs, grant -> asked.getAndIncrement() == 0, "a"))
                .start();

        var call = room.ask("hello", Tier.T0);

        assertThat(ended(call).state()).isEqualTo(State.SUPERSEDED);
        executorsEnd();
        assertThat(runs.seen).isEmpty();
        assertThat(room.decisions(call)).containsExactly("approved", "started", "superseded");
    }

    @Test
    void grantEndedAfterACut_leavesItUnknown() throws Exception {
        var dead = Runs.held(new RunResult.Done("{}"));
        var killed = executor(dead);
        killed.start();
        var asked = room.ask("hello", Tier.T0);
        dead.awaitEntered(1);
        killed.stop();
        var runs = Runs.done();
        later(new Executor(another().approvals, runs, grant -> false, "a")).start();

        assertThat(ended(asked).state()).isEqualTo(State.UNKNOWN);
        assertThat(runs.seen).isEmpty();
        dead.release();
    }

    @Test
    void refusedOrWaiting_neverRuns() {
        var runs = Runs.done();
        var executor = executor(runs);
        executor.start();
        room.deny(room.ask("1", Tier.T2));
        room.ask("2", Tier.T2);
        var third = room.ask("3", Tier.T0);
        ended(third);
        executor.close();

        assertThat(runs.seen).extracting(Runs.Run::id).containsExactly(third.id());
    }

    @Test
    void outcome_answersTheIdenticalCallUntilTenMinutesAfterItWasDelivered() {
        var runs = Runs.done();
        executor(runs).start();
        var first = room.ask("hello", Tier.T0);
        assertThat(ended(first).state()).isEqualTo(State.EXECUTED);
        room.clock.advance(Duration.ofDays(1));
        assertThat(room.ask("hello", Tier.T0).id()).isEqualTo(first.id());

        room.approvals.delivered(first.id());
        room.clock.advance(OUTCOME_KEPT.minusMillis(1));
        assertThat(room.ask("hello", Tier.T0).id()).isEqualTo(first.id());
        room.clock.advance(Duration.ofMillis(1));
        var second = room.ask("hello", Tier.T0);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(ended(second).state()).isEqualTo(State.EXECUTED);
        assertThat(runs.seen).extracting(Runs.Run::id).containsExactly(first.id(), second.id());
    }

    @Test
    void waitedTooLong_isEndedByTheWatch() {
        executor(Runs.done()).start();
        var asked = room.ask("hello", Tier.T2);
        room.clock.advance(ApprovalsFixture.LIFETIME);

        assertThat(ended(asked).state()).isEqualTo(State.EXPIRED);
    }

    @Test
    void contentThatCannotBeOpened_isNotRun() {
        var asked = room.ask("hello", Tier.T0);
        room.vault.forget(ApprovalsFixture.ALICE);
        var runs = Runs.done();
        executor(runs).start();

        assertThat(ended(asked).state()).isEqualTo(State.FAILED);
        assertThat(runs.seen).isEmpty();
    }
}
