package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.OAuthLogin.Tokens;
import dev.countersign.client.TokenFile.Guard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bridges of one person keep. */
class TokenFileTest {
    private static final URI MCP = URI.create("https://sign.example.com/mcp");
    private static final SavedSignIn SAVED = new SavedSignIn(
            MCP, "https://sign.example.com", "client", new Tokens("access-1", "refresh-1", Set.of("mail:read")));

    @TempDir
    private Path home;

    private Path folder;
    private TokenFile file;

    @BeforeEach
    void make() {
        folder = home.resolve("a").resolve("b");
        file = new TokenFile(folder, MCP);
    }

    private Path only() throws IOException {
        try (var files = Files.list(folder)) {
            return files.reduce((one, other) -> {
                        throw new AssertionError(one + " and " + other);
                    })
                    .orElseThrow();
        }
    }

    @Test
    void whatWasWritten_isReadAgainByItsOwnerAlone() throws Exception {
        file.write(SAVED);

        assertThat(file.read()).hasValue(SAVED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(SAVED.toString()).doesNotContain("access-1", "refresh-1");
    }

    @Test
    void fileThatIsDamagedOrOfAnotherServer_countsAsNone() throws Exception {
        file.write(SAVED);
        var path = only();
        var text = Files.readString(path);

        Files.writeString(path, text.substring(0, text.length() / 2));
        assertThat(file.read()).isEmpty();
        Files.writeString(path, text.replace(MCP.toString(), "https://evil.example.com/mcp"));
        assertThat(file.read()).isEmpty();
    }

    @Test
    void serversAtDifferentAddresses_haveFilesOfTheirOwn() throws Exception {
        file.write(SAVED);

        assertThat(new TokenFile(folder, URI.create(MCP + "/other")).read()).isEmpty();
    }

    @Test
    void lockThatIsHeld_isWaitedForAndThenGot() throws Exception {
        var held = file.lock(Guard.FILE, Duration.ZERO).orElseThrow();

        assertThat(file.lock(Guard.FILE, Duration.ofMillis(120))).isEmpty();
        try (var person = file.lock(Guard.PERSON, Duration.ZERO).orElseThrow()) {
            assertThat(person).isNotNull();
        }
        held.close();
        try (var next = file.lock(Guard.FILE, Duration.ofMinutes(3)).orElseThrow()) {
            assertThat(next).isNotNull();
        }
    }
}
