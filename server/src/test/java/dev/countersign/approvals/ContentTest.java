package dev.countersign.approvals;

import static dev.countersign.approvals.ApprovalsFixture.ALICE;
import static dev.countersign.approvals.ApprovalsFixture.CONTENT_KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approvals.Approval.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SECURITY: arguments, words and results are sealed, and erased thirty days after the decision. */
class ContentTest {
    private static final String CANARY = "canary-of-an-argument";

    @TempDir
    Path folder;

    private ApprovalsFixture room;

    @BeforeEach
    void open() {
        room = new ApprovalsFixture(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return text.contains(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Test
    void content_standsInNoFileInClear() throws IOException {
        room.ask(CANARY, Tier.T2);
        room.close();

        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                assertThat(holds(file, CANARY.getBytes(StandardCharsets.UTF_8)))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void thirtyDaysAfterTheDecision_noByteOfItIsLeft() throws IOException {
        var denied = room.deny(room.ask(CANARY, Tier.T2));
        var sealed = room.row(denied.id()).orElseThrow().snapshot().orElseThrow();
        // what stands at the end of a value is in one piece also where the value spans pages
        var end = Arrays.copyOfRange(sealed, sealed.length - 16, sealed.length);
        room.clock.advance(CONTENT_KEPT);
        room.close();
        assertThat(holds(folder.resolve("test.db"), end)).isTrue();

        var later = new ApprovalsFixture(folder, room.clock);
        assertThat(later.approvals.eraseOld()).isOne();
        later.close();
        assertThat(holds(folder.resolve("test.db"), end)).isFalse();
    }

    @Test
    void beforeThirtyDays_everythingIsKept() {
        var denied = room.deny(room.ask(CANARY, Tier.T2));
        room.clock.advance(CONTENT_KEPT.minusMillis(1));

        assertThat(room.approvals.eraseOld()).isZero();
        assertThat(room.approvals.find(ALICE, denied.id()).orElseThrow().question())
                .isEqualTo(ApprovalsFixture.SEND);
    }

    @Test
    void endedWithoutADecision_isErasedThirtyDaysAfterItsEnd() {
        room.ask(CANARY, Tier.T2);
        room.clock.advance(ApprovalsFixture.LIFETIME);
        room.approvals.expireOverdue();
        room.clock.advance(CONTENT_KEPT.minusMillis(1));
        assertThat(room.approvals.eraseOld()).isZero();
        room.clock.advance(Duration.ofMillis(1));
        assertThat(room.approvals.eraseOld()).isOne();
    }

    @Test
    void erased_keepsTheDecisionAndAnswersNoCall() {
        var denied = room.deny(room.ask(CANARY, Tier.T2));
        room.clock.advance(CONTENT_KEPT);
        room.approvals.eraseOld();

        var left = room.approvals.find(ALICE, denied.id()).orElseThrow();
        assertThat(left.state()).isEqualTo(State.DENIED);
        assertThat(left.question().values()).isEmpty();
        assertThat(left.reasons()).isEmpty();
        assertThat(left.digest()).isEqualTo(denied.digest());
        assertThat(room.ask(CANARY, Tier.T2).id()).isNotEqualTo(denied.id());
    }

    @Test
    void waitingOrUnderWay_isNeverErased() {
        var waiting = room.ask("1", Tier.T2);
        var approved = room.approve(room.ask("2", Tier.T2));
        room.clock.advance(CONTENT_KEPT.multipliedBy(2));

        assertThat(room.approvals.eraseOld()).isZero();
        assertThat(room.row(waiting.id()).orElseThrow().snapshot()).isPresent();
        assertThat(room.row(approved.id()).orElseThrow().snapshot()).isPresent();
    }
}
