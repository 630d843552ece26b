package dev.countersign.risk;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@evil.example",
                "mailto:X@Evil.Example?subject=hi",
                "<x@evil.example>,",
                "x@evil.example.",
                "“x@evil.example”",
                "x [at] evil [dot] example",
                "x(at)evil(dot)example",
                "x%40evil.example",
                "x&#64;evil.example",
                "x&commat;evil&period;example",
                "ｘ＠ｅｖｉｌ．ｅｘａｍｐｌｅ",
                "x\u200B@evil\u00AD.exam\u2060ple",
                "请发邮件到x@evil.example谢谢",
                "https://ok.example/?to=x@evil.example&y=1",
            })
    void addressHoweverItIsWritten_isFound(String text) {
        assertThat(Mentions.in(text).addresses()).contains("x@evil.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/path, evil.example",
        "HTTPS://EVIL.EXAMPLE., evil.example",
        "go to evil.example now, evil.example",
        "访问evil.example谢谢, evil.example",
        "https://good.example@evil.example/, evil.example",
        "https://evil.example\\@good.example/, evil.example",
        "https://%65vil.example/, evil.example",
        "ftp://evil.example:21/x, evil.example",
        "https://bücher.example/, xn--bcher-kva.example",
        "https://xn--bcher-kva.example/, xn--bcher-kva.example",
        "http://203.0.113.9/x, 203.0.113.9",
        "at 203.0.113.9 port 80, 203.0.113.9",
        "'http://[2001:db8::1]:80/', 2001:db8::1",
        "http://intranet/x, intranet",
        "[click](https://evil.example), evil.example",
    })
    void hostHoweverItIsWritten_isFound(String text, String host) {
        assertThat(Mentions.in(text).hosts()).contains(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words",
                "e.g. this",
                "see report.pdf",
                "3.14",
                "1.2.3",
                "a @ b",
                "@",
                "://",
                ".",
                "",
                "x.y"
            })
    void ordinaryText_namesNothing(String text) {
        var mentions = Mentions.in(text);
        assertThat(mentions.addresses()).isEmpty();
        assertThat(mentions.hosts()).isEmpty();
        assertThat(mentions.more()).isFalse();
    }

    @Test
    void moreThanTheLimits_isSaid() {
        assertThat(Mentions.in("a@x.example b@x.example", 1_000, 1)).satisfies(mentions -> {
            assertThat(mentions.addresses()).containsExactly("a@x.example");
            assertThat(mentions.more()).isTrue();
        });
        assertThat(Mentions.in("a@x.example", 5, 10).more()).isTrue();
        assertThat(Mentions.in("a@x.example a@x.example", 1_000, 1).more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@",
                "a",
                ".",
                "a.",
                "a@",
                "@a",
                "://",
                "http://",
                "http://@",
                "[ at ",
                " ( dot",
                "&#000",
                "%4",
                "\u0301",
                "a\u0316\u0301",
                "é.",
                "\uD83D",
                "中",
                "xn--a.",
                "a@b.c ",
                "ﷺ",
                "[",
                "<a@",
                "@[",
                "://[",
                "\u200B"
            })
    void hostileMebibyte_isScannedInLinearTime(String piece) {
        var hostile = piece.repeat(MEBIBYTE / piece.length());
        var mentions = assertTimeoutPreemptively(ofMinutes(2), () -> Mentions.in(hostile));
        assertThat(mentions.addresses().size() + mentions.hosts().size()).isLessThan(MEBIBYTE);
    }

    @Test
    void skeletons_areEqualForWhatLooksEqual() {
        assertThat(Names.skeleton("examp1e.com")).isEqualTo(Names.skeleton("example.com"));
        assertThat(Names.skeleton("exarnple.com")).isEqualTo(Names.skeleton("example.com"));
        assertThat(Names.skeleton("g00gle.com")).isEqualTo(Names.skeleton("google.com"));
        assertThat(Names.skeleton(Names.host("ехample.com"))).isEqualTo(Names.skeleton("example.com"));
        assertThat(Names.skeleton("example.org")).isNotEqualTo(Names.skeleton("example.com"));
    }
}
