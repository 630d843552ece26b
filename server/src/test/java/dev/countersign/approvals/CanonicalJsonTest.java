package dev.countersign.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** RFC 8785, against another implementation of it. */
class CanonicalJsonTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"b\":1,\"a\":[true,null,\"x\"],\"A\":{\"z\":1,\"y\":-0}}",
                "{\"n\":[1.5,1e21,1e-7,0.1,4.50,333333333.33333329,-0.0]}",
                "{\"t\":\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\"\\\\/\\u007f\\u2028é€\"}",
                "{\"\\ud83d\\ude02\":1,\"\\ufb33\":2,\"\\u20ac\":3,\"\\r\":4,\"1\":5,\"ö\":6}",
                "{\"i\":[9007199254740991,-9007199254740991]}",
            })
    void value_hasTheSameTextAsElsewhere(String json) throws Exception {
        assertThat(CanonicalJson.of(JSON.readTree(json))).isEqualTo(new JsonCanonicalizer(json).getEncodedString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"i\":9007199254740992}",
                "{\"i\":-9223372036854775808}",
                "{\"i\":-9007199254740993}",
                "{\"i\":99999999999999999999999}",
                "{\"i\":9007199254740991.9}",
                "{\"i\":123456789012345680000.0}",
                "{\"t\":\"\\ud800\"}",
                "{\"t\":\"a\\udc00b\"}"
            })
    void valueThatTwoReadersReadDifferently_isRefused(String json) {
        assertThatThrownBy(() -> CanonicalJson.of(JSON.readTree(json)))
                .isInstanceOf(CanonicalJson.NotCanonicalException.class);
    }

    @Test
    void otherTool_hasAnotherDigest() {
        assertThat(CanonicalJson.digest("a", "{}")).isNotEqualTo(CanonicalJson.digest("b", "{}"));
    }
}
