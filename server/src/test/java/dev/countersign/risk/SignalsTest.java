package dev.countersign.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Effect;
import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each signal, on and off, with its response. */
class SignalsTest {
    private static final CallFacts READ = RiskFixture.facts("alice", "chat", Effect.READ);

    @TempDir
    Path folder;

    private RiskFixture room;

    @BeforeEach
    void open() {
        room = new RiskFixture(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void declines(int lately) {
        room.risk.declined("alice", "chat", "Chat app", RiskFixture.grantId("alice", "chat"), lately);
    }

    @Test
    void firstSeenClient_isNotedWithItsName() {
        room.risk.authorized(room.grant("alice", "chat"), true);
        assertThat(room.risk.of("alice")).singleElement().satisfies(signal -> {
            assertThat(signal.code()).isEqualTo(Code.FIRST_SEEN_CLIENT);
            assertThat(signal.response()).isEqualTo(Response.NOTE);
            assertThat(signal.words()).isEqualTo("You allowed Chat app (chat.example) for the first time.");
            assertThat(signal.clientId()).contains("chat");
        });
        assertThat(room.audited).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("signal.first_seen_client");
            assertThat(event.decision()).isEqualTo("note");
        });
    }

    @Test
    void clientSeenBefore_isNoSignal() {
        room.risk.authorized(room.grant("alice", "chat"), false);
        assertThat(room.risk.of("alice")).isEmpty();
    }

    @Test
    void refreshReplay_isToldAndEndsThatSessionOnly() {
        room.risk.called(READ);
        room.risk.refreshReplayed(RiskFixture.grantId("alice", "chat"), "alice", "chat");
        assertThat(room.risk.of("alice")).singleElement().satisfies(signal -> {
            assertThat(signal.code()).isEqualTo(Code.REFRESH_REPLAY);
            assertThat(signal.response()).isEqualTo(Response.END_SESSION);
            assertThat(signal.words()).contains("Chat app").contains("used twice");
        });
        assertThat(room.grants.live(RiskFixture.grantId("alice", "chat"))).isFalse();
        assertThat(room.grants.live(RiskFixture.grantId("alice", "other"))).isTrue();
        assertThat(room.grants.live(RiskFixture.grantId("bob", "chat"))).isTrue();
        assertThat(room.auditTypes()).contains("signal.refresh_replay");
    }

    @Test
    void unusualRate_raisesOnceThenEndsTheGrant() {
        var responses = IntStream.range(0, 4_000)
                .mapToObj(i -> room.risk.called(READ).response())
                .toList();
        assertThat(responses.getFirst()).isEqualTo(Response.NOTE);
        assertThat(responses).isSorted().contains(Response.RAISE).endsWith(Response.END_SESSION);
        assertThat(room.codes("alice")).containsExactly(Code.UNUSUAL_RATE, Code.UNUSUAL_RATE);
        assertThat(room.risk.of("alice").getFirst().figure()).isGreaterThan(20);
        assertThat(room.grants.live(RiskFixture.grantId("alice", "chat"))).isFalse();
        assertThat(room.grants.live(RiskFixture.grantId("alice", "other"))).isTrue();
        assertThat(room.audited)
                .filteredOn(event -> event.type().equals("grant.revoked"))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("reason", "risk"));
    }

    @Test
    void unusualRate_raisesWhatActsUntilTheHourIsOver() {
        IntStream.range(0, 900).forEach(i -> room.risk.called(READ));
        var send = RiskFixture.facts("alice", "chat", Effect.SEND);
        assertThat(room.risk.called(send).response()).isEqualTo(Response.RAISE);
        assertThat(room.risk.called(send).reasons()).allMatch(reason -> reason.contains("calls that read"));
        room.clock.advance(Duration.ofHours(1));
        assertThat(room.risk.called(send)).isEqualTo(Assessment.NOTHING);
    }

    @Test
    void unusualRateOfOnePerson_meansNothingForAnother() {
        IntStream.range(0, 4_000).forEach(i -> room.risk.called(READ));
        assertThat(room.risk.called(RiskFixture.facts("bob", "chat", Effect.READ)))
                .isEqualTo(Assessment.NOTHING);
    }

    @Test
    void firstSeenRecipient_isRaisedUntilThePersonReachedThem() {
        var first = room.sends("alice", "chat", "Carol <Carol@Partner.example>");
        assertThat(first.response()).isEqualTo(Response.RAISE);
        assertThat(first.reasons())
                .containsExactly("This would be the first message from here to carol@partner.example.");
        room.risk.reached("alice", List.of("carol@partner.example"));
        assertThat(room.sends("alice", "chat", "carol@partner.example")).isEqualTo(Assessment.NOTHING);
        assertThat(room.sends("bob", "chat", "carol@partner.example").response())
                .isEqualTo(Response.RAISE);
    }

    @Test
    void recipientThatEndsLikeAKnownOne_isNotKnown() {
        room.risk.reached("alice", List.of("carol@partner.example"));
        assertThat(room.sends("alice", "chat", "x=carol@partner.example").response())
                .isEqualTo(Response.RAISE);
    }

    @Test
    void ownAddress_isNobodyElse() {
        assertThat(room.sends("alice", "chat", "ALICE@example.com")).isEqualTo(Assessment.NOTHING);
    }

    @Test
    void lookAlikeOfAKnownDomain_isNamedBesideIt() {
        room.risk.reached("alice", List.of("carol@partner.example"));
        var assessment = room.sends("alice", "chat", "carol@partnеr.example");
        assertThat(room.codes("alice")).containsExactlyInAnyOrder(Code.LOOK_ALIKE, Code.FIRST_SEEN_RECIPIENT);
        assertThat(assessment.reasons())
                .anyMatch(reason -> reason.contains("reads like partner.example, which you know"));
    }

    @Test
    void lookAlikeOfTheOwnDomain_isSeen() {
        room.sends("alice", "chat", "ceo@examp1e.com");
        assertThat(room.codes("alice")).contains(Code.LOOK_ALIKE);
    }

    @Test
    void sameOrAnotherDomain_isNoLookAlike() {
        room.risk.reached("alice", List.of("carol@partner.example"));
        room.sends("alice", "chat", "dave@partner.example", "erin@example.com", "frank@elsewhere.example");
        assertThat(room.codes("alice")).containsExactly(Code.FIRST_SEEN_RECIPIENT);
    }

    @Test
    void threeDeclines_raiseThatClientForAWhile() {
        declines(1);
        declines(2);
        assertThat(room.risk.called(READ)).isEqualTo(Assessment.NOTHING);
        declines(3);
        declines(4);
        assertThat(room.risk.called(READ).response()).isEqualTo(Response.RAISE);
        assertThat(room.risk.called(RiskFixture.facts("alice", "other", Effect.READ)))
                .isEqualTo(Assessment.NOTHING);
        assertThat(room.risk.of("alice"))
                .singleElement()
                .satisfies(signal ->
                        assertThat(signal.words()).isEqualTo("You declined 3 requests of Chat app within 10 minutes."));
        room.clock.advance(Duration.ofMinutes(30));
        assertThat(room.risk.called(READ)).isEqualTo(Assessment.NOTHING);
    }

    @Test
    void sixDeclines_endTheSession() {
        IntStream.rangeClosed(1, 6).forEach(this::declines);
        assertThat(room.risk.called(READ).response()).isEqualTo(Response.END_SESSION);
        assertThat(room.grants.live(RiskFixture.grantId("alice", "chat"))).isFalse();
        assertThat(room.grants.live(RiskFixture.grantId("alice", "other"))).isTrue();
        assertThat(room.codes("alice")).containsExactly(Code.DECLINES, Code.DECLINES);
    }

    @Test
    void signals_areFiftyAtMostNewestFirstAndOfThePersonOnly() {
        for (int i = 0; i < 60; i++) {
            room.clock.advance(Duration.ofSeconds(1));
            room.sends("alice", "chat", "x" + i + "@partner.example");
        }
        assertThat(room.risk.of("alice")).hasSize(50);
        assertThat(room.risk.of("alice").getFirst().words()).contains("x59@");
        assertThat(new HashSet<>(room.risk.of("alice"))).hasSize(50);
        assertThat(room.risk.of("bob")).isEmpty();
    }

    @Test
    void signalsOfNinetyDays_areOver() {
        room.risk.authorized(room.grant("alice", "chat"), true);
        room.clock.advance(Duration.ofDays(90).minusMillis(1));
        assertThat(room.risk.of("alice")).hasSize(1);
        room.clock.advance(Duration.ofMillis(1));
        assertThat(room.risk.of("alice")).isEmpty();
    }
}
