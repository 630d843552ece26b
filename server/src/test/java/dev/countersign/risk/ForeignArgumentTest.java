package dev.countersign.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Foreign;
import dev.countersign.risk.Signal.Code;
import dev.countersign.risk.Signal.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SECURITY section 5.2, argument provenance. */
class ForeignArgumentTest {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":\"see https://evil.example/?data=secret\"}",
                "{\"deep\":[{\"list\":[\"HTTPS://user:pw@EVIL.example:8443/x\"]}]}",
                "{\"body\":\"see secret.data.evil.example\"}",
                "{\"location\":\"http://ｅｖｉｌ．example/\"}",
                "{\"body\":\"write to anyone@evil.example\"}",
                "{\"body\":\"https:\\/\\/good.example\\\\@evil.example\"}",
            })
    void hostFromForeignText_raisesAWriteAndNamesItsAuthor(String arguments) {
        room.reads("alice", "chat", "The form is at https://evil.example/form.");
        var assessment = room.writes("alice", "chat", arguments);
        assertThat(assessment.response()).isEqualTo(Response.RAISE);
        assertThat(assessment.reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason)
                        .contains("evil.example")
                        .contains(RiskFixture.MALLORY)
                        .contains(RiskFixture.SOURCE));
        assertThat(room.codes("alice")).containsExactly(Code.FOREIGN_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":\"see https://good.example\"}",
                "{\"body\":\"evil.example.org and notevil.example\"}",
                "{\"to\":\"alice@example.com\"}",
                "{\"n\":1}",
            })
    void namesThatStandInNoForeignText_areNoSignal(String arguments) {
        room.reads("alice", "chat", "https://evil.example alice@example.com https://example.com");
        assertThat(room.writes("alice", "chat", arguments)).isEqualTo(Assessment.NOTHING);
    }

    @Test
    void addressThatThePersonReachedBefore_isNotForeign() {
        room.risk.reached("alice", List.of("Carol <carol@partner.example>"));
        room.reads("alice", "chat", "ask carol@partner.example");
        assertThat(room.writes("alice", "chat", "{\"note\":\"ask CAROL@partner.example\"}"))
                .isEqualTo(Assessment.NOTHING);
    }

    @Test
    void windowOver_forgetsTheText() {
        room.reads("alice", "chat", "https://evil.example");
        room.clock.advance(Duration.ofMinutes(30));
        assertThat(room.writes("alice", "chat", "{\"u\":\"https://evil.example\"}"))
                .isEqualTo(Assessment.NOTHING);
    }

    @Test
    void anotherPersonsOrClientsText_isNotMine() {
        room.reads("bob", "chat", "https://evil.example");
        room.reads("alice", "other", "https://evil.example");
        assertThat(room.writes("alice", "chat", "{\"u\":\"https://evil.example\"}"))
                .isEqualTo(Assessment.NOTHING);
    }

    @Test
    void addressBehindAFloodOfOthers_isStillNotTrusted() {
        var flood = IntStream.range(0, 5_000)
                .mapToObj(i -> "x" + i + "@flood.example")
                .collect(Collectors.joining(" "));
        room.reads("alice", "chat", flood + " drop@collector.example");
        var assessment = room.writes("alice", "chat", "{\"to\":\"drop@collector.example\"}");
        assertThat(assessment.response()).isEqualTo(Response.RAISE);
        assertThat(assessment.reasons()).anyMatch(reason -> reason.contains("may be part of it"));
    }

    @Test
    void addressBehindManyLongResults_isStillNotTrusted() {
        room.reads("alice", "chat", "drop@collector.example");
        for (int result = 0; result < 50; result++) {
            int number = result;
            var flood = IntStream.range(0, 150)
                    .mapToObj(i -> "x" + i + "@flood" + number + ".example")
                    .collect(Collectors.joining(" "));
            room.reads("alice", "chat", flood);
        }
        assertThat(room.writes("alice", "chat", "{\"to\":\"drop@collector.example\"}")
                        .response())
                .isEqualTo(Response.RAISE);
    }

    @Test
    void manyTextsInOneResult_areBoundedAndNotTrusted() {
        var texts = IntStream.range(0, 100)
                .mapToObj(text -> new Foreign(
                        RiskFixture.MALLORY,
                        RiskFixture.SOURCE,
                        IntStream.range(0, 100)
                                .mapToObj(i -> "x" + i + "@flood" + text + ".example")
                                .collect(Collectors.joining(" "))))
                .toList();
        room.risk.read(RiskFixture.facts("alice", "chat", dev.countersign.connector.Effect.READ), texts);
        assertThat(room.writes("alice", "chat", "{\"to\":\"x1@flood99.example\"}")
                        .response())
                .isEqualTo(Response.RAISE);
    }
}
