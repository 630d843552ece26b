package dev.countersign.connector.workspace.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @Test
    void nameAndAddress_areTakenApart() {
        assertThat(Addresses.all(
                        "to", List.of("Bob B. <bob@example.com>", "\"Doe, Jane\" <jane@example.com>", "x@y.z")))
                .containsExactly(
                        new Mailbox("bob@example.com", Optional.of("Bob B.")),
                        new Mailbox("jane@example.com", Optional.of("Doe, Jane")),
                        Mailbox.of("x@y.z"));
    }

    @Test
    void sameAddressTwice_isKeptOnce() {
        assertThat(Addresses.all("to", List.of("bob@example.com", "Bob <BOB@example.com>")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bob",
                "bob@",
                "@example.com",
                "a@b@c",
                "bob@example..com",
                "bob@-example.com",
                ".bob@example.com",
                "bob@example.com, eve@example.com",
                "Bob <bob@example.com> <eve@example.com>",
                "bob@example.com\r\nBcc: eve@example.com",
                "Bob\nBcc: eve@example.com <bob@example.com>",
                "Bob\u2028 <bob@example.com>",
                "friends: a@example.com;",
                "bob @example.com",
                "bob@exam ple.com"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Addresses.one("to", text))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("'to'");
    }

    @Test
    void tooMany_areRefused() {
        var many =
                IntStream.range(0, 101).mapToObj(i -> "p" + i + "@example.com").toList();
        assertThatThrownBy(() -> Addresses.all("to", many)).hasMessageContaining("at most 100");
    }
}
