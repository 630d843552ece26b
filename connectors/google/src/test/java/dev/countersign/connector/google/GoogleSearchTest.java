package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.SearchService.Document;
import dev.countersign.connector.SearchService.Hit;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleSearchTest {
    private final FakeGoogle google = new FakeGoogle();
    private final GoogleSearch search = new GoogleSearch(google.upstream(FakeGoogle.ALICE));

    @AfterEach
    void stop() {
        google.close();
    }

    private FakeMessage mail(String subject) {
        var mime = "From: Carla <carla@example.com>\r\nTo: alice@example.com\r\nSubject: " + subject
                + "\r\nContent-Type: text/plain\r\n\r\nAll about Atlas.";
        return google.mail.stored(
                FakeGoogle.ALICE,
                FakeMessage.parsed(mime.getBytes(StandardCharsets.US_ASCII)),
                Optional.empty(),
                Optional.empty(),
                "INBOX");
    }

    private String event() {
        var day = new When.AllDay(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 21));
        var draft = new EventDraft("Atlas day", day, "Room 4", "Bring cake", List.of(), List.of(), true);
        return new GoogleCalendar(google.upstream(FakeGoogle.ALICE))
                .create(CalendarService.PRIMARY, draft, false, "0".repeat(26))
                .id();
    }

    private String text(String id) {
        return search.fetch(id).map(Document::text).orElseThrow();
    }

    @Test
    void filesMailAndEvents_comeInTurn() {
        var message = mail("Atlas mail").id();
        var event = event();
        assertThat(search.search("atlas", 10))
                .extracting(Hit::id)
                .containsExactly("file/d1", "mail/" + message, "event/primary/" + event, "file/t1", "file/p1");
        assertThat(search.search("atlas", 2)).hasSize(2);
        assertThat(search.search("nothingofthekind", 10)).isEmpty();
    }

    @Test
    void whatWasNotLinked_holdsNothing() {
        mail("Atlas mail");
        event();
        var mailOnly = new GoogleSearch(google.upstream(FakeGoogle.ALICE, "mail:read"));
        assertThat(mailOnly.search("atlas", 10)).extracting(Hit::title).containsExactly("Atlas mail");
        var none = new GoogleSearch(google.upstream(FakeGoogle.ALICE, "contacts:read"));
        assertThat(none.search("atlas", 10)).isEmpty();
    }

    @Test
    void apostrophes_endNothingInTheQuery() {
        search.search("Peter's \\ x' or name", 10);
        assertThat(google.drive.queries.getLast())
                .startsWith("fullText contains 'Peter\\'s' and fullText contains '\\\\' and fullText contains 'x\\''");
        assertThat(search.search("Peter's", 10)).extracting(Hit::id).containsExactly("file/d1");
    }

    @Test
    void documents_areReadAsText() {
        assertThat(text("file/d1")).isEqualTo("The plan of Atlas.\nPeter's part.");
        assertThat(text("file/t1")).isEqualTo("Atlas notes: grün");
        assertThat(text("file/p1")).contains("application/pdf", "Open it in Google Drive");
        assertThat(search.fetch("file/d1").orElseThrow().author()).isEqualTo("owner@example.com");
    }

    @Test
    void mailAndEvents_areReadWhole() {
        assertThat(text("mail/" + mail("Atlas mail").id()))
                .contains("From: Carla <carla@example.com>", "To: alice@example.com", "All about Atlas.");
        assertThat(text("event/primary/" + event())).contains("2026-03-20 to 2026-03-20", "Room 4", "Bring cake");
    }

    @Test
    void idsOfNothing_areEmpty() {
        assertThat(search.fetch("file/none")).isEmpty();
        assertThat(search.fetch("mail/none")).isEmpty();
        assertThat(search.fetch("event/primary/none")).isEmpty();
        assertThat(search.fetch("event/primary")).isEmpty();
        assertThat(search.fetch("other/1")).isEmpty();
    }
}
