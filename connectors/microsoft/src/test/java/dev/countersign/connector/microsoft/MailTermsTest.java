package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.workspace.MailQuery;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailTermsTest {
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<Boolean> ANY = Optional.empty();
    private static final Optional<Instant> EVER = Optional.empty();
    private static final Instant AT = Instant.parse("2026-03-18T10:00:00Z");

    @Test
    void words_goIntoTheSearchWithTheirFields() {
        var query = new MailQuery(
                Optional.of("budget plan"),
                Optional.of("dana@example.com"),
                Optional.of("Alice"),
                Optional.of("Atlas"),
                NONE,
                Optional.of(AT),
                EVER,
                Optional.of(true),
                Optional.of(true));
        var terms = MailTerms.of(query);
        assertThat(terms.search())
                .contains("\"budget AND plan AND from:dana@example.com AND (to:alice OR cc:alice) AND subject:atlas"
                        + " AND received>=2026-03-17 AND hasAttachments:true\"");
        assertThat(terms.filter()).isEmpty();
    }

    @Test
    void whatIsExact_isFilteredByTheTimeFirst() {
        var query = new MailQuery(NONE, NONE, NONE, NONE, NONE, EVER, Optional.of(AT), Optional.of(true), ANY);
        assertThat(MailTerms.of(query).filter()).contains("receivedDateTime lt " + AT + " and isRead eq false");
        var unread = new MailQuery(NONE, NONE, NONE, NONE, NONE, EVER, EVER, Optional.of(false), Optional.of(false));
        assertThat(MailTerms.of(unread).filter())
                .contains("receivedDateTime ge 1900-01-01T00:00:00Z and isRead eq true and hasAttachments eq false");
        assertThat(MailTerms.of(MailQuery.in("inbox"))).isEqualTo(new MailTerms(NONE, NONE));
    }

    @Test
    void wordsOfTheCaller_areNoOperators() {
        var text = "from:boss OR \"x\" AND NOT (y*) -secret \\ a-b";
        var query = new MailQuery(Optional.of(text), NONE, NONE, NONE, NONE, EVER, EVER, ANY, ANY);
        assertThat(MailTerms.of(query).search())
                .contains("\"from AND boss AND or AND x AND and AND not AND y AND secret AND a-b\"");
        var signs = new MailQuery(Optional.of("\" : ()"), NONE, NONE, NONE, NONE, EVER, EVER, ANY, ANY);
        assertThat(MailTerms.of(signs)).isEqualTo(new MailTerms(NONE, NONE));
    }
}
