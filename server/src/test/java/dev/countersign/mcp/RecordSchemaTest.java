package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Doc;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schema 2020-12 of tools, and what a model is told when arguments do not fit. MCP 2026-07-28, server/tools. */
class RecordSchemaTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    enum Kind {
        ONE,
        TWO_THREE
    }

    record Inner(@Doc("A day.") LocalDate day, Optional<Double> share) {}

    record In(
            @Doc(value = "Words to find.", min = 1, max = 20)
            String query,

            @Doc(value = "How many.", min = 1, max = 50) Optional<Integer> limit,
            Instant from,
            Kind kind,
            boolean deep,
            List<Inner> inner,
            @Doc(value = "Labels.", max = 2) List<String> labels) {}

    record Endless(List<Endless> more) {}

    record Strange(java.net.URI uri) {}

    @Test
    void record_isDescribedInTheOrderOfItsComponents() {
        assertThat(RecordSchema.input(In.class).toString()).isEqualTo("""
            {"type":"object","properties":{\
            "query":{"type":"string","description":"Words to find.","minLength":1,"maxLength":20},\
            "limit":{"type":"integer","description":"How many.","minimum":1,"maximum":50},\
            "from":{"type":"string","format":"date-time"},\
            "kind":{"type":"string","enum":["one","two_three"]},\
            "deep":{"type":"boolean"},\
            "inner":{"type":"array","items":{"type":"object","properties":{\
            "day":{"type":"string","format":"date","description":"A day."},\
            "share":{"type":"number"}},"required":["day"],"additionalProperties":false}},\
            "labels":{"type":"array","items":{"type":"string"},"description":"Labels.","maxItems":2}},\
            "required":["query","from","kind","deep"],"additionalProperties":false}\
            """);
    }

    @Test
    void result_alwaysHasItsLists() {
        var schema = RecordSchema.output(In.class);

        assertThat(schema.path("required").toString())
                .contains("inner", "labels")
                .doesNotContain("limit");
        assertThat(schema.has("additionalProperties")).isFalse();
    }

    @Test
    void recordThatContainsItself_isRefused() {
        assertThatThrownBy(() -> RecordSchema.input(Endless.class)).hasMessageContaining("contains itself");
    }

    @Test
    void typeThatHasNoSchema_isRefusedByName() {
        assertThatThrownBy(() -> RecordSchema.input(Strange.class)).hasMessageContaining("Strange.uri");
    }

    private static ObjectNode valid() {
        return (ObjectNode) JSON.readTree("""
            {"query":"x","from":"2026-11-23T09:00:00Z","kind":"one","deep":false,"inner":[{"day":"2026-11-23"}]}\
            """);
    }

    @Test
    void fittingArguments_haveNoProblems() {
        assertThat(new SchemaCheck(RecordSchema.input(In.class)).problems(valid()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/query | 7 | 'query' must be of type string.",
                "/query | \"\" | 'query' must have at least 1 characters.",
                "/limit | 51 | 'limit' must be at most 50.",
                "/limit | 0 | 'limit' must be at least 1.",
                "/limit | 1.5 | 'limit' must be of type integer.",
                "/from | \"yesterday\" | 'from' must be a date and time with its offset, e.g."
                        + " 2026-11-23T09:30:00+01:00.",
                "/kind | \"three\" | 'kind' must be one of [\"one\",\"two_three\"].",
                "/labels | [\"a\",\"b\",\"c\"] | 'labels' must have at most 2 items.",
                "/inner | [{\"day\":\"soon\"}] | 'inner.0.day' must be a date, e.g. 2026-11-23.",
                "/inner | [{}] | 'inner.0' 'day' is missing. Add it.",
                "/other | 1 | 'other' is not an argument of this tool. Leave it out.",
            })
    void problem_saysWhereAndWhatIsExpected(String path, String value, String sentence) {
        var arguments = valid();
        arguments.set(path.substring(1), JSON.readTree(value));

        assertThat(new SchemaCheck(RecordSchema.input(In.class)).problems(arguments))
                .containsExactly(sentence);
    }

    @Test
    void missingArgument_isNamed() {
        var arguments = valid();
        arguments.remove("query");

        assertThat(new SchemaCheck(RecordSchema.input(In.class)).problems(arguments))
                .containsExactly("'query' is missing. Add it.");
    }
}
