package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.testkit.FilesServiceContract;
import dev.countersign.connector.workspace.FileInfo;
import dev.countersign.connector.workspace.FilesService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesContractTest extends FilesServiceContract {
    private final Path folder;
    private final Bench bench;
    private final SandboxFiles alice;

    FilesContractTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        bench = new Bench(folder);
        alice = new SandboxFiles(bench.upstream("alice@example.com"));
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Override
    protected FilesService files() {
        return alice;
    }

    @Override
    protected String knownName() {
        return "Atlas plan.md";
    }

    @Override
    protected String knownWords() {
        return "Mezzanine panels";
    }

    @Override
    protected String common() {
        return "atlas";
    }

    @Override
    protected String notText() {
        return "panelb5";
    }

    @Override
    protected String made(String text) {
        var stranger = new MailJson.Party("x@stranger.example", "");
        var content = text.getBytes(StandardCharsets.UTF_8);
        var file = new StoredFile(Secrets.id(), stranger, "made.log", "text/plain", content, Bench.TODAY);
        try (var store = new Store(folder.resolve("sandbox.db"))) {
            store.write(db -> {
                FileBook.insert(db, file, List.of("alice"));
                return file;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.id();
    }

    private static List<String> found(SandboxFiles files, String text) {
        return files.search(text, 50, Optional.empty()).items().stream()
                .map(FileInfo::id)
                .toList();
    }

    @Test
    void whatIsFound_saysWhoseItIsAndWhereItOpens() {
        assertThat(alice.search("contingency", 5, Optional.empty()).items())
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.mediaType()).isEqualTo("text/csv");
                    assertThat(file.owner()).isEqualTo("carla@example.com");
                    assertThat(file.modifiedAt()).contains(Instant.parse("2026-03-17T17:00:00Z"));
                    assertThat(file.url()).contains(bench.origin + "/files/atlasbudget");
                });
    }

    @Test
    void name_goesBeforeContentAndTheNewestFirst() {
        assertThat(found(alice, "atlas")).containsExactly("atlasbudget", "atlasplan", "vendorreview", "signfamilyb");
    }

    @Test
    void person_seesOwnAndSharedFilesOnly() {
        var bob = new SandboxFiles(bench.upstream("bob@example.com"));
        assertThat(found(bob, "")).contains("suppliers", "atlasplan").doesNotContain("tender", "vendorreview");
        assertThat(found(alice, "")).contains("tender", "vendorreview").doesNotContain("suppliers");
        assertThat(bob.read("tender")).isEmpty();
        assertThat(bob.read("atlasplan").orElseThrow().text())
                .isEqualTo(alice.read("atlasplan").orElseThrow().text());
    }

    @Test
    void strangersFile_isTheStrangers() {
        var read = alice.read("vendorreview").orElseThrow();
        assertThat(read.file().owner()).isEqualTo("nora.feld@brightline-audit.example");
        assertThat(read.text())
                .hasValueSatisfying(text -> assertThat(text).contains("intake@brightline-audit.example"));
    }

    @Test
    void fileOverTheBound_isNotFetched() {
        assertThat(alice.read(made("x".repeat(5 * 1024 * 1024 + 1)))
                        .orElseThrow()
                        .note())
                .hasValueSatisfying(note -> assertThat(note).contains("5 MiB"));
    }

    @Test
    void faultOfFiles_leavesTheRest() {
        bench.control("POST", "faults", "{\"operation\":\"files-read\",\"fault\":\"429:7\",\"times\":1}");
        assertThatThrownBy(() -> found(alice, "atlas"))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED));
        assertThat(found(alice, "atlas")).isNotEmpty();
    }

    @Test
    void linkWithoutTheScope_isRefused() {
        var tokens = Bench.tokens(bench.token(Bench.exchange(bench.code("bob@example.com", "profile mail.read"))));
        var answer = bench.api("GET", "files/companyday/content", tokens.access());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("scope=\"files.read\""));
    }

    @Test
    void content_isADownload() {
        var answer = bench.api(
                "GET", "files/companyday/content", bench.link("bob@example.com").access());
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment");
    }

    @Test
    void sandboxFromBeforeThereWereFiles_getsThem(@TempDir Path older) throws IOException {
        try (var store = new Store(older.resolve("sandbox.db"))) {
            new Seed(store, bench.clock).plant();
            var files = new FileSeed(store, bench.clock);
            files.plant();
            files.plant();
            long there = store.read(db -> db.count("SELECT COUNT(*) FROM file"));
            assertThat(there).isEqualTo(12);
        }
    }
}
