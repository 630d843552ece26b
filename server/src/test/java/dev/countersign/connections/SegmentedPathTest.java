package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.UpstreamException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentedPathTest {
    private static final URI API = URI.create("https://api.example.com/v1/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../admin",
                "..%2fadmin",
                "%2e%2e/",
                "a/b",
                "//evil.example/x",
                "https://evil.example/",
                "@evil.example",
                "x?admin=1",
                "x#y",
                "a;b",
                "a b",
                "\\..\\",
                "é\u202e",
                "{id}"
            })
    void value_staysOneSegmentOfTheApi(String value) {
        var address = SegmentedPath.under(API, "events/{id}/x", value);
        assertThat(address.getRawAuthority()).isEqualTo("api.example.com");
        assertThat(address.getRawPath()).matches("/v1/events/[A-Za-z0-9._~%-]+/x");
        assertThat(address.getPath()).isEqualTo("/v1/events/" + value + "/x");
        assertThat(address.getRawQuery()).isNull();
        assertThat(address.getRawFragment()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void folderAsValue_isRefused(String value) {
        assertThatThrownBy(() -> SegmentedPath.under(API, "events/{id}", value))
                .isInstanceOf(UpstreamException.class)
                .hasMessageContaining("from an earlier answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/x", "../v2", "//evil.example", "x?y", "events/{a}/{b}", "events"})
    void wrongTemplate_isRefused(String template) {
        assertThatThrownBy(() -> SegmentedPath.under(API, template, "one"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void templateThatLooksLikeAnAddress_staysUnderTheApi() {
        assertThat(SegmentedPath.under(API, "https://evil.example/x").getHost()).isEqualTo("api.example.com");
    }
}
