package dev.countersign.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedInputTest {
    private static BoundedInput said(String text) {
        return new BoundedInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void mail_passesAsItIs() throws IOException {
        var mail = "* 1 FETCH (BODY[] {15}\r\n{99999999999}\r\n)\r\na1 OK done {3}.\r\n";
        try (var in = said(mail)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo(mail);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 1 FETCH (BODY[] {2000000000}\r\n",
                "* 1 FETCH (BODY[] {99999999999999999999}\r\n",
                "{33554433}\n"
            })
    void literalLargerThanAnyMail_isCutOffBeforeItIsRead(String line) throws IOException {
        try (var in = said(line)) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("literal");
        }
    }

    @Test
    void lineWithoutAnEnd_isCutOff() throws IOException {
        try (var in = said("* OK " + "x".repeat(BoundedInput.MOST_OF_A_LINE))) {
            assertThatIOException().isThrownBy(in::readAllBytes).withMessageContaining("line");
        }
    }
}
