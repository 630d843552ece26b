package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a DAV server's own answers name. RFC 4918 section 8.3. */
class HostPathTest {
    private static final URI BASE = URI.create("https://dav.example.org/caldav/");

    @ParameterizedTest
    @CsvSource({
        "x.ics, https://dav.example.org/caldav/x.ics",
        "/principals/alice%40example.org/, https://dav.example.org/principals/alice%40example.org/",
        "https://dav.example.org/cal/a%20b/, https://dav.example.org/cal/a%20b/",
        "https://DAV.example.org:443/cal/, https://dav.example.org/cal/",
        "'', https://dav.example.org/caldav/",
        "@evil.example, https://dav.example.org/caldav/@evil.example"
    })
    void addressOfTheServer_isTaken(String path, String expected) {
        assertThat(HostPath.of(BASE, path)).contains(URI.create(expected));
    }

    @Test
    void value_staysOneSegment() {
        assertThat(HostPath.of(BASE, "/cal/{id}.ics", "a/../b"))
                .contains(URI.create("https://dav.example.org/cal/a%2F..%2Fb.ics"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/x",
                "http://dav.example.org/x",
                "https://dav.example.org:444/x",
                "https://dav.example.org@evil.example/x",
                "https://alice@dav.example.org/x",
                "//evil.example/x",
                "imaps://dav.example.org/x",
                "/x?y=1",
                "https://dav.example.org/x?y=1",
                "/x#y",
                "/a/../../b",
                "../b",
                "/a b",
                "/{id}",
                "/a%zz",
                "\\\\evil.example\\x",
                "/x\r\nHost: evil.example"
            })
    void addressElsewhere_isRefused(String path) {
        assertThat(HostPath.of(BASE, path)).isEmpty();
    }
}
