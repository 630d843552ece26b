package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.SearchService.Document;
import dev.countersign.connector.SearchService.Hit;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MicrosoftSearchTest {
    private final FakeGraph graph = new FakeGraph();
    private final MicrosoftSearch search = new MicrosoftSearch(graph.upstream(FakeGraph.ALICE));

    @BeforeEach
    void store() {
        var plan = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>The plan </w:t></w:r><w:r><w:t>of"
                + " Atlas.</w:t></w:r></w:p><w:p><w:r><w:t>Grüße &amp;"
                + " Küsse</w:t></w:r></w:p></w:body></w:document>";
        add("d1", "Atlas plan.docx", OfficeFile.WORD, OfficeFile.of(Map.of("word/document.xml", plan)));
        add("t1", "atlas.txt", "text/plain", "\ufeffAtlas notes: grün\r\nend".getBytes(StandardCharsets.UTF_8));
        add("p1", "atlas.pdf", "application/pdf", "%PDF".getBytes(StandardCharsets.US_ASCII));
        add("f1", "Atlas folder", "folder", new byte[0]);
    }

    @AfterEach
    void stop() {
        graph.close();
    }

    private void add(String id, String name, String type, byte[] content) {
        graph.drive.add(new FakeDrive.File(id, name, type, content, ""));
    }

    private String mail() {
        return graph.mail
                .received(FakeGraph.ALICE, "Atlas mail", "text", "All about Atlas.")
                .path("id")
                .asString();
    }

    private String event() {
        var day = new When.AllDay(LocalDate.of(2026, 3, 20), LocalDate.of(2026, 3, 21));
        var draft = new EventDraft("Atlas day", day, "Room 4", "Bring cake", List.of(), List.of(), true);
        return new MicrosoftCalendar(graph.upstream(FakeGraph.ALICE))
                .create(CalendarService.PRIMARY, draft, false, "0".repeat(26))
                .id();
    }

    private String text(String id) {
        return search.fetch(id).map(Document::text).orElseThrow();
    }

    @Test
    void filesMailAndEvents_comeInTurn() {
        var message = mail();
        var event = event();
        assertThat(search.search("atlas", 10))
                .extracting(Hit::id)
                .containsExactly(
                        "file/b!drive1/d1",
                        "mail/" + message,
                        "event/primary/" + event,
                        "file/b!drive1/t1",
                        "file/b!drive1/p1");
        assertThat(search.search("atlas", 2)).hasSize(2);
        assertThat(search.search("nothingofthekind", 10)).isEmpty();
    }

    @Test
    void whatWasNotLinked_holdsNothing() {
        mail();
        event();
        var mailOnly = new MicrosoftSearch(graph.upstream(FakeGraph.ALICE, "mail:read"));
        assertThat(mailOnly.search("atlas", 10)).extracting(Hit::title).containsExactly("Atlas mail");
    }

    @Test
    void documents_areReadAsTextWithoutAToken() {
        assertThat(text("file/b!drive1/d1")).isEqualTo("The plan of Atlas.\nGrüße & Küsse");
        assertThat(text("file/b!drive1/t1")).isEqualTo("Atlas notes: grün\nend");
        assertThat(text("file/b!drive1/p1")).contains("application/pdf", "Open it in OneDrive");
        assertThat(search.fetch("file/b!drive1/d1").orElseThrow().author()).isEqualTo("owner@example.com");
        assertThat(graph.count("GET /download/")).isEqualTo(3);
    }

    @Test
    void slidesAndSheets_areReadInTheirOrder() {
        var slides = new LinkedHashMap<String, String>();
        slides.put("ppt/slides/slide10.xml", "<p:sld xmlns:a='a'><a:p><a:r><a:t>Last</a:t></a:r></a:p></p:sld>");
        slides.put("ppt/slides/slide2.xml", "<p:sld xmlns:a='a'><a:p><a:r><a:t>First</a:t></a:r></a:p></p:sld>");
        slides.put("ppt/media/image1.png", "no text");
        add("s1", "Talk.pptx", "application/octet-stream", OfficeFile.of(slides));
        assertThat(text("file/b!drive1/s1")).isEqualTo("First\n\nLast");
        var sheets = new LinkedHashMap<String, String>();
        sheets.put("xl/sharedStrings.xml", "<sst><si><t>Name</t></si><si><t>Sum</t></si></sst>");
        sheets.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row><row><c"
                        + " t='inlineStr'><is><t>Bob</t></is></c><c><v>42</v></c></row></sheetData></worksheet>");
        add("x1", "Figures.xlsx", "application/octet-stream", OfficeFile.of(sheets));
        assertThat(text("file/b!drive1/x1")).isEqualTo("Name\tSum\nBob\t42");
    }

    @Test
    void damagedOrSwollenFile_isSaidToBeUnreadable() {
        add("b1", "Broken.docx", OfficeFile.WORD, "no zip".getBytes(StandardCharsets.US_ASCII));
        add(
                "b2",
                "Bomb.docx",
                OfficeFile.WORD,
                OfficeFile.of(Map.of("word/document.xml", " ".repeat(31 * 1024 * 1024))));
        assertThat(text("file/b!drive1/b1")).contains("cannot be read");
        assertThat(text("file/b!drive1/b2")).contains("cannot be read");
    }

    @Test
    void mailAndEvents_areReadWhole() {
        assertThat(text("mail/" + mail())).contains("From: carla@example.com", "All about Atlas.");
        assertThat(text("event/primary/" + event())).contains("2026-03-20 to 2026-03-20", "Room 4", "Bring cake");
    }

    @Test
    void idsOfNothing_areEmpty() {
        assertThat(search.fetch("file/b!drive1/none")).isEmpty();
        assertThat(search.fetch("file/none")).isEmpty();
        assertThat(search.fetch("mail/none")).isEmpty();
        assertThat(search.fetch("event/primary/none")).isEmpty();
        assertThat(search.fetch("event/primary")).isEmpty();
        assertThat(search.fetch("other/1")).isEmpty();
    }
}
