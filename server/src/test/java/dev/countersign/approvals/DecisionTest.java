package dev.countersign.approvals;

import static dev.countersign.approvals.ApprovalsFixture.ALICE;
import static dev.countersign.approvals.ApprovalsFixture.LIFETIME;
import static dev.countersign.approvals.ApprovalsFixture.evidence;
import static dev.countersign.approvals.ApprovalsFixture.principal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.AtOnce;
import dev.countersign.approvals.Approval.State;
import dev.countersign.approvals.ApprovalException.Code;
import dev.countersign.risk.DecisionHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may decide, on what, once; and what ends a question without a decision. */
class DecisionTest {
    private ApprovalsFixture room;

    @BeforeEach
    void open(@TempDir Path folder) {
        room = new ApprovalsFixture(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static void assertRefused(Code code, ThrowingCallable decision) {
        assertThatExceptionOfType(ApprovalException.class)
                .isThrownBy(decision)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void approved_isWrittenWithWhoAndHow() {
        var asked = room.ask("hello", Tier.T2);

        assertThat(room.approve(asked).state()).isEqualTo(State.APPROVED);
        assertThat(room.decisions(asked)).containsExactly("asked", "approved");
        assertThat(room.audited.stream().filter(event -> event.decision().equals("approved")))
                .singleElement()
                .satisfies(event -> assertThat(event.detail())
                        .containsEntry("by", "person")
                        .containsEntry("session", "s".repeat(64))
                        .containsEntry("digest", asked.digest()));
        assertThat(room.history.declined).isEmpty();
    }

    @Test
    void denied_endsAndTellsTheSignals() {
        var asked = room.ask("hello", Tier.T2);

        assertThat(room.deny(asked).state()).isEqualTo(State.DENIED);
        assertThat(room.approvals.outcome(asked.id())).containsInstanceOf(CallOutcome.Denied.class);
        assertThat(room.decisions(asked)).containsExactly("asked", "declined");
        assertThat(room.history.declined).containsExactly(1);
    }

    @Test
    void declines_areCountedWithinTheirWindow() {
        room.deny(room.ask("1", Tier.T2));
        room.deny(room.ask("2", Tier.T2));
        room.clock.advance(DecisionHistory.DECLINES_WINDOW);
        room.deny(room.ask("3", Tier.T2));

        assertThat(room.history.declined).containsExactly(1, 2, 1);
    }

    @Test
    void decidedAlready_givesItAsItStands() {
        var asked = room.ask("hello", Tier.T2);
        room.deny(asked);

        assertThat(room.approve(asked).state()).isEqualTo(State.DENIED);
        assertThat(room.deny(asked).state()).isEqualTo(State.DENIED);
        assertThat(room.decisions(asked)).containsExactly("asked", "declined");
        assertThat(room.history.declined).hasSize(1);
    }

    @Test
    void approvalsAndRefusalsAtOnce_makeOneTransitionAndOneEvent() throws Exception {
        var asked = room.ask("hello", Tier.T2);
        var states = AtOnce.run(AtOnce.MANY, i -> (i % 2 == 0 ? room.approve(asked) : room.deny(asked)).state());

        assertThat(states).containsOnly(room.state(asked));
        assertThat(room.decisions(asked)).hasSize(2).startsWith("asked");
        assertThat(room.history.declined).hasSize(room.state(asked) == State.DENIED ? 1 : 0);
    }

    @Test
    void otherDigest_isRefusedAndTheQuestionStays() {
        var asked = room.ask("hello", Tier.T2);
        var seen = new Evidence("s", "browser", Instant.EPOCH, "0".repeat(64));

        assertRefused(Code.DIGEST_MISMATCH, () -> room.approvals.approve(ALICE, asked.id(), seen));
        assertRefused(Code.DIGEST_MISMATCH, () -> room.approvals.deny(ALICE, asked.id(), seen));
        assertThat(room.state(asked)).isEqualTo(State.PENDING);
    }

    @Test
    void questionOfAnother_looksAbsent() {
        var asked = room.ask("hello", Tier.T1);

        assertThat(room.approvals.find("bob", asked.id())).isEmpty();
        assertThat(room.approvals.waiting("bob")).isEmpty();
        assertThat(room.approvals.recent("bob")).isEmpty();
        assertRefused(Code.NOT_FOUND, () -> room.approvals.approve("bob", asked.id(), evidence(asked)));
        assertRefused(Code.NOT_FOUND, () -> room.approvals.deny("bob", asked.id(), evidence(asked)));
        assertRefused(
                Code.NOT_FOUND,
                () -> room.approvals.denyByClient(principal("bob", "chat"), asked.id(), asked.digest()));
        assertThat(room.state(asked)).isEqualTo(State.PENDING);
    }

    @Test
    void absentAndAnothers_areRefusedInTheSameWords() {
        var asked = room.ask("hello", Tier.T1);

        assertThatExceptionOfType(ApprovalException.class)
                .isThrownBy(() -> room.approvals.approve("bob", "absent", evidence(asked)))
                .withMessage("There is no such request.");
        assertThatExceptionOfType(ApprovalException.class)
                .isThrownBy(() -> room.approvals.approve("bob", asked.id(), evidence(asked)))
                .withMessage("There is no such request.");
    }

    @Test
    void client_approvesTierOneOfItsOwn() {
        var asked = room.ask("hello", Tier.T1);
        var approved = room.approvals.approveByClient(principal(ALICE, "chat"), asked.id(), asked.digest());

        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(room.audited.stream().filter(event -> event.decision().equals("approved")))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("by", "client"));
    }

    @Test
    void client_approvesNoTierTwo() {
        var asked = room.ask("hello", Tier.T2);

        assertRefused(
                Code.TIER, () -> room.approvals.approveByClient(principal(ALICE, "chat"), asked.id(), asked.digest()));
        assertThat(room.state(asked)).isEqualTo(State.PENDING);
    }

    @Test
    void client_approvesNothingThatWasRaisedMeanwhile() throws Exception {
        var asked = room.ask("hello", Tier.T1);
        var states = AtOnce.run(AtOnce.MANY, i -> {
            if (i % 2 == 0) {
                room.ask("hello", Tier.T2);
                return false;
            }
            try {
                room.approvals.approveByClient(principal(ALICE, "chat"), asked.id(), asked.digest());
                return true;
            } catch (ApprovalException e) {
                return false;
            }
        });

        var now = room.approvals.find(ALICE, asked.id()).orElseThrow();
        assertThat(now.state() == State.APPROVED).isEqualTo(states.contains(true));
        assertThat(now.tier()).isEqualTo(now.state() == State.APPROVED ? Tier.T1 : Tier.T2);
    }

    @Test
    void otherClientOfTheSamePerson_decidesNothing() {
        var asked = room.ask("hello", Tier.T1);
        var other = principal(ALICE, "other");

        assertRefused(Code.NOT_FOUND, () -> room.approvals.approveByClient(other, asked.id(), asked.digest()));
        assertRefused(Code.NOT_FOUND, () -> room.approvals.denyByClient(other, asked.id(), asked.digest()));
        assertThat(room.state(asked)).isEqualTo(State.PENDING);
    }

    @ParameterizedTest
    @EnumSource(names = {"T1", "T2"})
    void client_declinesWhateverTheTier(Tier tier) {
        var asked = room.ask("hello", tier);

        assertThat(room.approvals
                        .denyByClient(principal(ALICE, "chat"), asked.id(), asked.digest())
                        .state())
                .isEqualTo(State.DENIED);
        assertThat(room.decisions(asked)).containsExactly("asked", "declined");
    }

    @Test
    void client_decidesNothingButWhatItShowed() {
        var asked = room.ask("hello", Tier.T1);

        assertRefused(
                Code.DIGEST_MISMATCH,
                () -> room.approvals.approveByClient(principal(ALICE, "chat"), asked.id(), "0".repeat(64)));
    }

    @Test
    void decidedTooLate_isExpired() {
        var asked = room.ask("hello", Tier.T2);
        room.clock.advance(LIFETIME);

        assertThat(room.approve(asked).state()).isEqualTo(State.EXPIRED);
        assertThat(room.decisions(asked)).containsExactly("asked", "expired");
        assertThat(room.approvals.outcome(asked.id())).containsInstanceOf(CallOutcome.Expired.class);
    }

    @Test
    void overdue_expiresOnce() {
        var asked = room.ask("hello", Tier.T2);
        room.clock.advance(LIFETIME.minusMillis(1));
        room.approvals.expireOverdue();
        assertThat(room.state(asked)).isEqualTo(State.PENDING);

        room.clock.advance(Duration.ofMillis(1));
        room.approvals.expireOverdue();
        room.approvals.expireOverdue();
        assertThat(room.state(asked)).isEqualTo(State.EXPIRED);
        assertThat(room.decisions(asked)).containsExactly("asked", "expired");
    }

    @Test
    void grantEnded_voidsWhatHasNotBegunUnderIt() {
        var waiting = room.ask("1", Tier.T2);
        var approved = room.approve(room.ask("2", Tier.T2));
        var denied = room.deny(room.ask("3", Tier.T2));
        var other = room.approvals.ask(
                ApprovalsFixture.call(principal(ALICE, "other"), "1", java.util.Optional.empty()),
                Tier.T2,
                ApprovalsFixture.SEND,
                List.of());
        room.approvals.voidAllOf(waiting.grantId(), "you signed out.");

        assertThat(List.of(room.state(waiting), room.state(approved))).containsOnly(State.SUPERSEDED);
        assertThat(room.state(denied)).isEqualTo(State.DENIED);
        assertThat(room.state(other)).isEqualTo(State.PENDING);
        assertThat(room.approvals.outcome(waiting.id()))
                .get()
                .asString()
                .contains("The session that asked has ended: you signed out.");
        assertThat(room.approve(waiting).state()).isEqualTo(State.SUPERSEDED);
    }

    @Test
    void listeners_hearOfEachTransitionAfterItsEvent() {
        var heard = new java.util.ArrayList<String>();
        room.approvals.listen(change -> heard.add(change.state() + " " + room.audited.size()));
        room.deny(room.ask("hello", Tier.T2));

        assertThat(heard).containsExactly("PENDING 1", "DENIED 2");
    }

    @Test
    void waiting_isWokenByTheDecision() throws Exception {
        var asked = room.ask("hello", Tier.T2);
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = threads.submit(() -> room.approvals.await(asked.id(), Duration.ofMinutes(1)));
            room.deny(asked);
            assertThat(ended.get(60, java.util.concurrent.TimeUnit.SECONDS).state())
                    .isEqualTo(State.DENIED);
        }
    }

    @Test
    void interruptedWhileItWaits_givesItAsItStandsAndStaysInterrupted() throws Exception {
        var asked = room.ask("hello", Tier.T2);
        var result = new java.util.concurrent.CompletableFuture<Boolean>();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                var standing = room.approvals.await(asked.id(), Duration.ofMinutes(1));
                result.complete(standing.state() == State.PENDING
                        && Thread.currentThread().isInterrupted());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        while (waiting.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        waiting.interrupt();

        assertThat(result.get(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitingTooLong_givesItAsItStands() {
        var asked = room.ask("hello", Tier.T2);

        assertThat(room.approvals.await(asked.id(), Duration.ofMillis(1)).state())
                .isEqualTo(State.PENDING);
        assertThat(room.approvals.outcome(asked.id())).isEmpty();
    }
}
