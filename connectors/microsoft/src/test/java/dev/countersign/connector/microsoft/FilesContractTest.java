package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.testkit.FilesServiceContract;
import dev.countersign.connector.workspace.FileInfo;
import dev.countersign.connector.workspace.FilesService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilesContractTest extends FilesServiceContract {
    private static final String SEARCH = "GET /v1.0/me/drive/search";
    private static final String PLAN = FakeDrive.OWN + "/d1";

    private final FakeGraph graph = new FakeGraph();
    private final OneDrive drive = new OneDrive(graph.upstream(FakeGraph.ALICE));

    @AfterEach
    void stop() {
        graph.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void add(String id, String name, String type, byte[] content) {
        graph.drive.add(new FakeDrive.File(id, name, type, content, ""));
    }

    @Override
    protected FilesService files() {
        return drive;
    }

    @Override
    protected String knownName() {
        return "Atlas plan.docx";
    }

    @Override
    protected String knownWords() {
        return "Peter's part";
    }

    @Override
    protected String common() {
        return "atlas";
    }

    @Override
    protected String notText() {
        return FakeDrive.OWN + "/p1";
    }

    @Override
    protected String made(String text) {
        add("l1", "long.log", "text/plain", bytes(text));
        return FakeDrive.OWN + "/l1";
    }

    private List<FileInfo> found(String text) {
        return drive.search(text, 10, Optional.empty()).items();
    }

    private String note(String id) {
        var read = drive.read(id).orElseThrow();
        assertThat(read.text()).isEmpty();
        return read.note().orElseThrow();
    }

    private UpstreamException failure(String line, int status, String code, Map<String, String> headers) {
        graph.fail(line, status, Refused.body(code), headers);
        return catchThrowableOfType(UpstreamException.class, () -> {
            found("atlas");
            drive.read(PLAN);
        });
    }

    @Test
    void whatIsFound_saysWhoseItIsAndWhereItOpens() {
        assertThat(found("atlas plan"))
                .containsExactly(new FileInfo(
                        PLAN,
                        "Atlas plan.docx",
                        OfficeFile.WORD,
                        Optional.of((long) OfficeFile.document("The plan of Atlas.", "Peter's part.").length),
                        "owner@example.com",
                        Optional.of(Instant.parse("2026-03-01T08:00:00Z")),
                        Optional.of("https://example-my.sharepoint.com/d1")));
    }

    @Test
    void folders_areNotFoundAndNotRead() {
        assertThat(found("atlas")).extracting(FileInfo::name).doesNotContain("Atlas folder");
        assertThat(drive.read(FakeDrive.OWN + "/f1")).isEmpty();
    }

    @Test
    void slashesAndApostrophes_endNothingInTheAddress() {
        found("  Peter's/..\\part\n ");
        assertThat(graph.drive.queries).containsExactly("search(q='Peter''s .. part')");
    }

    @Test
    void content_isFetchedWithoutTheToken() {
        drive.read(PLAN);
        assertThat(graph.requests.getLast().getUrl().encodedPath()).isEqualTo("/download/d1");
        assertThat(graph.requests.getLast().getHeaders().get("Authorization")).isNull();
    }

    @Test
    void sharedFile_isFoundAndReadInItsOwnDrive() {
        var text = bytes("Words of Carla");
        graph.drive.add(new FakeDrive.File("s1", FakeDrive.THEIRS, "Shared.txt", "text/plain", text, "carla"));
        assertThat(found("carla")).singleElement().satisfies(file -> {
            assertThat(file.id()).isEqualTo(FakeDrive.THEIRS + "/s1");
            assertThat(file.owner()).isEqualTo("owner@example.com");
            assertThat(file.bytes()).contains((long) text.length);
        });
        assertThat(drive.read(FakeDrive.THEIRS + "/s1").orElseThrow().text()).contains("Words of Carla");
    }

    @Test
    void driveThatTheLinkDoesNotReach_saysWhatThePersonCanDo() {
        graph.fail("GET /v1.0/drives/b%21theirs", 403, Refused.body("accessDenied"), Map.of());
        assertThatThrownBy(() -> drive.read(FakeDrive.THEIRS + "/s1"))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN))
                .hasMessageContaining("put a copy into their own");
    }

    @Test
    void fileOverTheBound_isNotFetched() {
        add("t2", "huge.log", "text/plain", new byte[11 * 1024 * 1024]);
        assertThat(note(FakeDrive.OWN + "/t2")).contains("10 MiB");
        assertThat(graph.count("GET /download/")).isZero();
    }

    @Test
    void damagedOfficeFile_saysSo() {
        add("b1", "Broken.docx", OfficeFile.WORD, bytes("no zip"));
        assertThat(note(FakeDrive.OWN + "/b1")).contains("cannot be read");
    }

    @Test
    void fileThatOneDriveHoldsBack_saysSo() {
        graph.fail("GET /v1.0/drives", 200, """
            {"id": "d1", "name": "notes.txt", "size": 3, "file": {"mimeType": "text/plain"}, "malware": {},
             "parentReference": {"driveId": "b!drive1"}}
            """, Map.of());
        assertThat(note(PLAN)).contains("does not give out");
    }

    @Test
    void addressOfAnotherHost_isNotAsked() {
        graph.fail("GET /v1.0/drives", 200, """
            {"id": "d1", "name": "notes.txt", "size": 3, "file": {"mimeType": "text/plain"},
             "@microsoft.graph.downloadUrl": "https://files.evil.example/d1"}
            """, Map.of());
        assertThatThrownBy(() -> drive.read(PLAN)).isInstanceOf(UpstreamException.class);
        assertThat(graph.lines()).hasSize(1);
    }

    @Test
    void idsThatNameNothing_areEmpty() {
        assertThat(drive.read(FakeDrive.OWN + "/none")).isEmpty();
        assertThat(drive.read("me/none")).isEmpty();
        assertThat(drive.read("malformed/none")).isEmpty();
    }

    @Test
    void linkAsTheDocumentsShowIt_leadsToTheNextPage() {
        graph.fail(SEARCH, 200, """
            {"value": [{"id": "z", "name": "Zed.txt", "file": {}}],
             "@odata.nextLink": "https://graph.microsoft.com/v1.0/me/drive/search(q='atlas')&$skiptoken=s!2"}
            """, Map.of());
        var first = drive.search("atlas", 1, Optional.empty());
        assertThat(first.items()).extracting(FileInfo::id).containsExactly("me/z");
        assertThat(first.items()).extracting(FileInfo::owner).containsExactly("somebody in OneDrive");
        assertThat(drive.search("atlas", 10, first.next()).items())
                .extracting(FileInfo::name)
                .containsExactly("notes.txt", "atlas.pdf");
    }

    @Test
    void accountWithoutADrive_saysSo() {
        assertThat(failure(SEARCH, 404, "itemNotFound", Map.of())).hasMessageContaining("no OneDrive");
    }

    @Test
    void pageThatHasGone_isNoMissingDrive() {
        graph.fail(SEARCH, 410, Refused.body("resyncRequired"), Map.of());
        assertThatThrownBy(() -> drive.search("atlas", 1, Optional.of("$skiptoken=s!1")))
                .hasMessageContaining("without a cursor");
    }

    @Test
    void tooManyRequests_sayWhenToTryAgain() {
        var failure = failure("GET /v1.0/drives", 429, "activityLimitReached", Map.of("Retry-After", "12"));
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(12));
    }
}
