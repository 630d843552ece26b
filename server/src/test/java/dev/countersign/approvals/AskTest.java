package dev.countersign.approvals;

import static dev.countersign.approvals.ApprovalsFixture.ALICE;
import static dev.countersign.approvals.ApprovalsFixture.LIFETIME;
import static dev.countersign.approvals.ApprovalsFixture.OUTCOME_KEPT;
import static dev.countersign.approvals.ApprovalsFixture.QUEUE;
import static dev.countersign.approvals.ApprovalsFixture.SEND;
import static dev.countersign.approvals.ApprovalsFixture.SETTINGS;
import static dev.countersign.approvals.ApprovalsFixture.call;
import static dev.countersign.approvals.ApprovalsFixture.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.AtOnce;
import dev.countersign.approvals.Approval.State;
import dev.countersign.approvals.ApprovalException.Code;
import dev.countersign.connector.Question;
import dev.countersign.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a call gets that stands before the person: a question of its own, or that of the identical call. */
class AskTest {
    private ApprovalsFixture room;

    @BeforeEach
    void open(@TempDir Path folder) {
        room = new ApprovalsFixture(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void question_waitsAndIsWrittenToTheAudit() {
        var asked = room.ask("hello", Tier.T1);

        assertThat(asked.state()).isEqualTo(State.PENDING);
        assertThat(asked.question()).isEqualTo(SEND);
        assertThat(asked.expiresAt()).isEqualTo(room.clock.instant().plus(LIFETIME));
        assertThat(room.approvals.waiting(ALICE)).containsExactly(asked);
        assertThat(room.decisions(asked)).containsExactly("asked");
    }

    @Test
    void tierZero_comesBackApprovedByPolicy() {
        var asked = room.ask("hello", Tier.T0);

        assertThat(asked.state()).isEqualTo(State.APPROVED);
        assertThat(room.decisions(asked)).containsExactly("approved");
        assertThat(room.approvals.waiting(ALICE)).isEmpty();
    }

    @Test
    void identicalCallWhileItWaits_getsTheSameQuestion() {
        var first = room.ask("hello", Tier.T1);

        assertThat(room.ask("hello", Tier.T1)).isEqualTo(first);
        assertThat(room.decisions(first)).containsExactly("asked");
    }

    @Test
    void identicalCallsAtOnce_getOneQuestion() throws Exception {
        var ids = AtOnce.run(AtOnce.MANY, i -> room.ask("hello", Tier.T1).id());

        assertThat(ids).hasSize(AtOnce.MANY).containsOnly(ids.getFirst());
        assertThat(room.audited).hasSize(1);
    }

    @Test
    void argumentsInAnotherOrder_areTheIdenticalCall() {
        var json = JsonMapper.shared();
        var ids = List.of("{\"text\":\"a\",\"n\":1.0}", "{\"n\":1,\"text\":\"\\u0061\"}").stream()
                .map(json::readTree)
                .map(arguments -> FrozenCall.of(
                        principal(ALICE, "chat"), ApprovalsFixture.TOOL, arguments, List.of(), Optional.empty()))
                .map(frozen ->
                        room.approvals.ask(frozen, Tier.T1, SEND, List.of()).id())
                .toList();

        assertThat(ids.getFirst()).isEqualTo(ids.getLast());
    }

    @Test
    void otherPersonClientOrArguments_getTheirOwnQuestion() {
        var first = room.ask("hello", Tier.T1);

        assertThat(List.of(
                        ask(call(principal("bob", "chat"), "hello", Optional.empty())),
                        ask(call(principal(ALICE, "other"), "hello", Optional.empty())),
                        ask(call("hello!"))))
                .extracting(Approval::id)
                .doesNotContain(first.id())
                .doesNotHaveDuplicates();
    }

    private Approval ask(FrozenCall call) {
        return room.approvals.ask(call, Tier.T1, SEND, List.of());
    }

    @Test
    void strongerTierOnMerge_raisesAndAddsItsReasons() {
        var first = room.ask("hello", Tier.T1);
        var second = room.approvals.ask(call("hello"), Tier.T2, SEND, List.of("It is unusual."));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.tier()).isEqualTo(Tier.T2);
        assertThat(second.reasons()).containsExactly("It reaches others.", "It is unusual.");
        assertThat(second.digest()).isNotEqualTo(first.digest());
    }

    @Test
    void weakerTierOnMerge_changesNothing() {
        var first = room.ask("hello", Tier.T2);

        assertThat(room.approvals.ask(call("hello"), Tier.T1, SEND, List.of("less")))
                .isEqualTo(first);
        assertThat(room.approvals.ask(call("hello"), Tier.T0, SEND, List.of("none")))
                .isEqualTo(first);
        assertThat(room.state(first)).isEqualTo(State.PENDING);
    }

    @Test
    void tiersAtOnce_endAtTheStrongest() throws Exception {
        var first = room.ask("hello", Tier.T1);
        AtOnce.run(AtOnce.MANY, i -> room.ask("hello", i % 2 == 0 ? Tier.T1 : Tier.T2));

        assertThat(room.approvals.find(ALICE, first.id()).orElseThrow().tier()).isEqualTo(Tier.T2);
    }

    @Test
    void wordsOfTheQuestionChanged_supersedesAndAsksAnew() {
        var first = room.ask("hello", Tier.T1);
        var changed = Question.of("Send note").with("To", "eve@example.com");
        var second = room.approvals.ask(call("hello"), Tier.T1, changed, List.of());

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.question()).isEqualTo(changed);
        assertThat(room.decisions(first)).containsExactly("asked", "superseded");
        assertThat(room.approvals.outcome(first.id()))
                .containsInstanceOf(CallOutcome.Superseded.class)
                .get()
                .asString()
                .contains("Nothing was done");
    }

    /** A client that left interrupts its call: what that call could not read is not gone. */
    @Test
    void interruptedWhileItIsLookedAt_keepsTheQuestionThatWaits() {
        var asked = room.ask("hello", Tier.T1);

        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> room.ask("hello", Tier.T1));
        } finally {
            Thread.interrupted();
        }

        assertThat(room.approvals.waiting(ALICE)).containsExactly(asked);
        assertThat(room.decisions(asked)).containsExactly("asked");
    }

    @Test
    void versionOfTheTargetChanged_supersedesAndAsksAnew() {
        var principal = principal(ALICE, "chat");
        var first = room.approvals.ask(call(principal, "hello", Optional.of("v1")), Tier.T1, SEND, List.of());
        var second = room.approvals.ask(call(principal, "hello", Optional.of("v2")), Tier.T1, SEND, List.of());

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(room.state(first)).isEqualTo(State.SUPERSEDED);
        assertThat(room.approvals.waiting(ALICE)).containsExactly(second);
    }

    @Test
    void refusalNotDeliveredYet_answersTheIdenticalCall() {
        var denied = room.deny(room.ask("hello", Tier.T2));
        room.clock.advance(Duration.ofDays(1));

        assertThat(room.ask("hello", Tier.T2)).isEqualTo(denied);
    }

    @Test
    void refusalDelivered_bindsForAsLongAsOutcomesAreKept() {
        var denied = room.deny(room.ask("hello", Tier.T2));
        room.approvals.delivered(denied.id());

        room.clock.advance(OUTCOME_KEPT.minusMillis(1));
        assertThat(room.ask("hello", Tier.T2).id()).isEqualTo(denied.id());
        room.approvals.delivered(denied.id());
        room.clock.advance(Duration.ofMillis(1));
        var anew = room.ask("hello", Tier.T2);
        assertThat(anew.id()).isNotEqualTo(denied.id());
        assertThat(anew.state()).isEqualTo(State.PENDING);
    }

    @Test
    void questionExpired_isAskedAnewEvenBeforeTheWatchSawIt() {
        var first = room.ask("hello", Tier.T1);
        room.clock.advance(LIFETIME);

        assertThat(room.approvals.waiting(ALICE)).isEmpty();
        assertThat(room.ask("hello", Tier.T1).id()).isNotEqualTo(first.id());
    }

    @Test
    void identical_findsWhatWouldAnswerTheCall() {
        var arguments = JsonMapper.shared().createObjectNode().put("text", "hello");
        var asked = room.ask("hello", Tier.T1);

        assertThat(room.approvals.identical(principal(ALICE, "chat"), ApprovalsFixture.TOOL, arguments, List.of()))
                .contains(asked);
        assertThat(room.approvals.identical(principal("bob", "chat"), ApprovalsFixture.TOOL, arguments, List.of()))
                .isEmpty();
        room.clock.advance(LIFETIME);
        assertThat(room.approvals.identical(principal(ALICE, "chat"), ApprovalsFixture.TOOL, arguments, List.of()))
                .isEmpty();
    }

    @Test
    void shareUsedUp_refusesAFurtherQuestionButNotTheIdenticalOneNorTierZero() {
        var first = room.ask("0", Tier.T1);
        room.ask("1", Tier.T1);

        assertThatExceptionOfType(ApprovalException.class)
                .isThrownBy(() -> room.ask("2", Tier.T1))
                .withMessageContaining("2 requests of yours wait")
                .satisfies(e -> assertThat(e.code()).isEqualTo(Code.QUEUE_FULL));
        assertThat(room.ask("0", Tier.T1)).isEqualTo(first);
        assertThat(room.ask("2", Tier.T0).state()).isEqualTo(State.APPROVED);
        room.deny(first);
        assertThat(room.ask("3", Tier.T1).state()).isEqualTo(State.PENDING);
    }

    @Test
    void clientWithItsShare_keepsNoOtherFromAsking() {
        room.ask("0", Tier.T1);
        room.ask("1", Tier.T1);

        assertThat(ask(call(principal(ALICE, "other"), "0", Optional.empty())).state())
                .isEqualTo(State.PENDING);
    }

    @Test
    void queueFull_refusesASecondQuestionOfAClientAndTakesTheFirstOfAnother() {
        room.ask("0", Tier.T1);
        room.ask("1", Tier.T1);
        ask(call(principal(ALICE, "other"), "0", Optional.empty()));

        assertThatExceptionOfType(ApprovalException.class)
                .isThrownBy(() -> ask(call(principal(ALICE, "other"), "1", Optional.empty())))
                .withMessageContaining("3 requests wait")
                .satisfies(e -> assertThat(e.code()).isEqualTo(Code.QUEUE_FULL));
        assertThat(ask(call(principal(ALICE, "third"), "0", Optional.empty())).state())
                .isEqualTo(State.PENDING);
    }

    @Test
    void queueOfOnePerson_doesNotFillThatOfAnother() {
        for (int i = 0; i < QUEUE; i++) {
            ask(call(principal(ALICE, "client" + i), "hello", Optional.empty()));
        }

        assertThat(ask(call(principal("bob", "chat"), "hello", Optional.empty()))
                        .state())
                .isEqualTo(State.PENDING);
    }

    @Test
    void questionsAtOnce_neverMoreThanTheShare() throws Exception {
        var asked = AtOnce.run(AtOnce.MANY, i -> {
            try {
                return Optional.of(room.ask("note " + i, Tier.T2));
            } catch (ApprovalException e) {
                return Optional.<Approval>empty();
            }
        });

        assertThat(asked.stream().flatMap(Optional::stream)).hasSize(SETTINGS.share());
        assertThat(room.approvals.waiting(ALICE)).hasSize(SETTINGS.share());
    }

    @Test
    void numberThatTheCanonicalFormWouldRound_isRefused() {
        var arguments = JsonMapper.shared().readTree("{\"text\":\"a\",\"n\":9007199254740993}");

        assertThatExceptionOfType(dev.countersign.connector.ToolException.class)
                .isThrownBy(() -> Digests.canonical(arguments))
                .withMessageContaining("9007199254740993 is out of range");
    }
}
