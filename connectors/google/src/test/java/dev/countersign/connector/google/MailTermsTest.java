package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.MailQuery;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailTermsTest {
    private static final Optional<String> NO_TEXT = Optional.empty();

    private static MailQuery text(String text) {
        return new MailQuery(
                Optional.of(text),
                NO_TEXT,
                NO_TEXT,
                NO_TEXT,
                NO_TEXT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void everyFilter_isAnOperator() {
        var query = new MailQuery(
                Optional.of("budget plan"),
                Optional.of("Bob"),
                Optional.of("alice@example.com"),
                Optional.of("Q3"),
                Optional.of("inbox"),
                Optional.of(Instant.ofEpochSecond(1_000)),
                Optional.of(Instant.ofEpochSecond(2_000)),
                Optional.of(true),
                Optional.of(false));
        assertThat(MailTerms.of(query).query())
                .contains("\"budget\" \"plan\" from:\"Bob\" {to:\"alice@example.com\" cc:\"alice@example.com\"}"
                        + " subject:\"Q3\" after:999 before:2001 is:unread -has:attachment");
    }

    @Test
    void operatorsInWords_areWords() {
        assertThat(MailTerms.of(text("from:boss OR -x {a} (b)")).query())
                .contains("\"from:boss\" \"OR\" \"-x\" \"{a}\" \"(b)\"");
    }

    @Test
    void quotationMarks_endNothing() {
        assertThat(MailTerms.of(text("a\" in:trash \"b")).query()).contains("\"a\" \"in:trash\" \"b\"");
    }

    @Test
    void signsAlone_askNothing() {
        assertThat(MailTerms.of(text("\" -- *")).query()).isEmpty();
    }
}
