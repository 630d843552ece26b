package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RecordJsonTest {
    enum Answer {
        YES,
        NOT_YET
    }

    record Inner(String name, Optional<Integer> count) {}

    record Outer(
            String title,
            Optional<String> note,
            List<Inner> parts,
            Map<String, String> labels,
            Optional<Instant> at,
            OffsetDateTime start,
            LocalDate day,
            Answer answer,
            boolean open,
            byte[] data) {}

    private static final String JSON = """
        {"title":"t","start":"2026-11-23T10:00:00+02:00","day":"2026-11-23","answer":"not_yet","data":""}\
        """;

    @Test
    void absentFields_areEmpty() {
        var outer = RecordJson.UPSTREAM.read(JSON, Outer.class);
        assertThat(outer.note()).isEmpty();
        assertThat(outer.parts()).isEmpty();
        assertThat(outer.labels()).isEmpty();
        assertThat(outer.at()).isEmpty();
        assertThat(outer.open()).isFalse();
        assertThat(outer.answer()).isEqualTo(Answer.NOT_YET);
        assertThat(outer.start()).isEqualTo(OffsetDateTime.parse("2026-11-23T10:00:00+02:00"));
        assertThat(outer.start().getOffset().getTotalSeconds()).isEqualTo(7_200);
    }

    @Test
    void nullFields_areEmpty() {
        var json = JSON.replace("}", ",\"note\":null,\"parts\":null,\"labels\":null,\"at\":null}");
        assertThat(RecordJson.UPSTREAM.read(json, Outer.class).parts()).isEmpty();
        assertThat(RecordJson.ARGUMENTS.read(json, Outer.class).note()).isEmpty();
    }

    @Test
    void written_leavesAbsentOutAndKeepsOrder() {
        var inner = new Inner("a", Optional.empty());
        var outer = new Outer(
                "t",
                Optional.of("n"),
                List.of(inner),
                Map.of(),
                Optional.of(Instant.parse("2026-11-23T10:00:00Z")),
                OffsetDateTime.parse("2026-11-23T10:00:00+02:00"),
                LocalDate.parse("2026-11-23"),
                Answer.YES,
                true,
                new byte[] {1});
        var json = RecordJson.UPSTREAM.write(outer);
        assertThat(json)
                .isEqualTo("{\"title\":\"t\",\"note\":\"n\",\"parts\":[{\"name\":\"a\"}],\"labels\":{},"
                               + "\"at\":\"2026-11-23T10:00:00Z\",\"start\":\"2026-11-23T10:00:00+02:00\",\"day\":\"2026-11-23\","
                               + "\"answer\":\"yes\",\"open\":true,\"data\":\"AQ==\"}");
        assertThat(RecordJson.ARGUMENTS.read(json, Outer.class).parts()).containsExactly(inner);
    }

    @Test
    void unknownField_isIgnoredUpstreamAndRefusedInArguments() {
        var json = "{\"name\":\"a\",\"other\":1}";
        assertThat(RecordJson.UPSTREAM.read(json, Inner.class).name()).isEqualTo("a");
        assertThatThrownBy(() -> RecordJson.ARGUMENTS.read(json, Inner.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"name\":null}", "[]", "null x", "{\"name\":\"a\"} x", "{\"name\":\"a\",\"count\":{}}"})
    void missingOrMisshapen_fails(String json) {
        assertThatThrownBy(() -> RecordJson.UPSTREAM.read(json, Inner.class)).isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> RecordJson.ARGUMENTS.read(json, Inner.class)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\",\"count\":\"1\"}", "{\"name\":1}"})
    void arguments_areNotGuessed(String json) {
        assertThatThrownBy(() -> RecordJson.ARGUMENTS.read(json, Inner.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void deepNesting_fails() {
        var deep = "{\"name\":\"a\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> RecordJson.UPSTREAM.read(deep, Inner.class)).isInstanceOf(JacksonException.class);
    }
}
