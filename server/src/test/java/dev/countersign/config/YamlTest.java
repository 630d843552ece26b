package dev.countersign.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class YamlTest {
    private static JsonNode read(String text) {
        return Yaml.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "a.yaml");
    }

    @Test
    void scalars_areOfTheCoreSchema() {
        assertThat(read("""
            a: 8484
            b: true
            c: no
            d: ""
            e:
            f: [10.0.0.7, "8", 3000000000]
            g: {h: ä}
            """))
                .hasToString("{\"a\":8484,\"b\":true,\"c\":\"no\",\"d\":\"\",\"e\":null,"
                        + "\"f\":[\"10.0.0.7\",\"8\",3000000000],\"g\":{\"h\":\"ä\"}}");
    }

    @Test
    void emptyDocument_isNull() {
        assertThat(read("# nothing\n").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: 2\\na: 3 | line 3: 'a' stands twice; put both under one",
                "a: [1 | line 1: ",
                "a: *b | line 1: ",
                "a: !!java.io.File x | line 1: ",
                "a: &x {b: *x} | it is nested too deep",
                "a: 1\\n---\\nb: 2 | line 2: "
            })
    void whatIsNoYaml_isToldWithItsLine(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("a.yaml is no valid YAML: " + problem);
    }
}
