package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.testkit.FilesServiceContract;
import dev.countersign.connector.workspace.FilesService;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilesContractTest extends FilesServiceContract {
    private final FakeGoogle google = new FakeGoogle();

    @AfterEach
    void stop() {
        google.close();
    }

    @Override
    protected FilesService files() {
        return new GoogleDrive(google.upstream(FakeGoogle.ALICE));
    }

    @Override
    protected String knownName() {
        return "Atlas plan";
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
        return "p1";
    }

    @Override
    protected String made(String text) {
        google.drive.add(new FakeDrive.File("l1", "long.log", "text/plain", text));
        return "l1";
    }

    @Test
    void spreadsheet_isItsFirstSheetAndSaysSo() {
        var read = files().read("s1").orElseThrow();
        assertThat(read.text()).contains("Item,Cost\nCake,12\n");
        assertThat(read.note()).hasValueSatisfying(note -> assertThat(note).contains("first sheet"));
    }

    @Test
    void documentTooLargeToExport_saysWhereToOpenIt() {
        var body = Refused.classic(403, "global", "exportSizeLimitExceeded", "Too large");
        google.fail("/drive/v3/files/d1/export", 403, body, Map.of());
        assertThatThrownBy(() -> files().read("d1"))
                .hasMessageContaining("10 MB")
                .hasMessageContaining("Google Drive");
    }

    @Test
    void textFileOverTheBound_isNotFetched() {
        google.drive.add(new FakeDrive.File("t2", "huge.log", "text/plain", "x".repeat(6 * 1024 * 1024)));
        assertThat(files().read("t2").orElseThrow().note())
                .hasValueSatisfying(note -> assertThat(note).contains("5 MiB"));
        assertThat(google.lines()).hasSize(1);
    }
}
