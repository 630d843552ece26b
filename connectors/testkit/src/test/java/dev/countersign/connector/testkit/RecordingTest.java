package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Account;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Upstream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final String TOKEN = "real-access-token-1234";
    private static final Account ACCOUNT = new Account("a", "notes", "work", "alice@example.com", Set.of());

    @TempDir
    Path folder;

    private final PlayedApi api = new PlayedApi(TOKEN)
            .on(
                    "GET /api/notes/{id}",
                    note -> Optional.of("{\"id\": \"" + note.id() + "\", \"owner\": \"real@example.com\","
                            + " \"refresh_token\": \"rt-9\", \"link\": \"https://x.example/?sig_token=abc\"}"));

    record Note(String id, String owner) {}

    private static final class Notes implements Connector {
        @Override
        public String id() {
            return "notes";
        }

        @Override
        public String name() {
            return "Notes";
        }

        @Override
        public Provider provider(Settings settings) {
            var url = settings.required("url");
            return Provider.oauth2(
                    URI.create(url + "/authorize"), URI.create(url + "/token"), URI.create(url + "/api/"));
        }

        @Override
        public Identity identity(Upstream upstream) {
            return new Identity("1", "alice@example.com", "Alice");
        }
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Provider provider() {
        return new Notes().provider(new Settings(java.util.Map.of("url", api.origin())));
    }

    private Path record() {
        var file = folder.resolve("notes.json");
        try (var recording = Recording.open(file, provider(), () -> TOKEN, true)) {
            recording.scrub("real@example.com", "owner@example.com");
            assertThat(read(recording, "7").owner()).isEqualTo("real@example.com");
        }
        return file;
    }

    private static Note read(Recording recording, String id) {
        return recording
                .account(ACCOUNT, new Notes())
                .upstream()
                .get("notes/{id}", id)
                .as(Note.class);
    }

    @Test
    void recordedExchange_holdsNoCredential() {
        assertThat(record())
                .content()
                .contains("notes/7", "owner@example.com", Credentials.OUT)
                .doesNotContain(TOKEN, "rt-9", "real@example.com", "token=abc");
    }

    @Test
    void recordedExchange_isReplayedWithoutTheProvider() {
        var file = record();
        api.close();
        try (var recording = Recording.open(file, provider(), () -> "", false)) {
            assertThat(read(recording, "7")).isEqualTo(new Note("7", "owner@example.com"));
        }
    }

    @Test
    void requestThatWasNotRecorded_failsAndSaysHowToRecord() {
        var file = record();
        try (var recording = Recording.open(file, provider(), () -> "", false)) {
            assertThatThrownBy(() -> read(recording, "8"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("notes/8", "-Drecordings=write");
        }
    }

    @Test
    void credentials_areKnownByNameAndForm() {
        assertThat(Credentials.withoutThem("{\"id_token\": \"abc\", \"title\": \"token\"}"))
                .isEqualTo("{\"id_token\": \"scrubbed\", \"title\": \"token\"}");
        assertThat(Credentials.withoutThem("client_secret=s3&code=1")).isEqualTo("client_secret=scrubbed&code=1");
        assertThat(Credentials.withoutThem("Authorization: Bearer abcdefgh12")).doesNotContain("abcdefgh12");
        assertThat(Credentials.withoutThem("x eyJhbGciOiJ.eyJzdWIiOiI.c2ln y")).isEqualTo("x scrubbed y");
    }
}
