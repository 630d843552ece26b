package dev.countersign.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedTokenTest {
    @TempDir
    Path folder;

    private NamedToken tokens;

    @BeforeEach
    void open() {
        tokens = new NamedToken("cs_x_", KeyRing.open(folder.resolve("keys")));
    }

    @Test
    void token_saysWhatItIsAndIsOurs() {
        var token = tokens.make("g1", 7);

        assertThat(tokens.read(token)).contains(new NamedToken.Named("g1", 7));
        assertThat(tokens.isOurs(token)).isTrue();
        assertThat(tokens.make("g1", 7)).isNotEqualTo(token);
    }

    @Test
    void tokenOfAnotherUseOrKeyFile_isNotOurs() {
        var otherUse = new NamedToken("cs_y_", KeyRing.open(folder.resolve("keys")));
        var otherFile = new NamedToken("cs_x_", KeyRing.open(folder.resolve("other")));
        var payload = text(otherUse.make("g1", 0)).substring("cs_y_".length());

        assertThat(tokens.isOurs(Secret.of("cs_x_" + payload))).isFalse();
        assertThat(tokens.isOurs(otherFile.make("g1", 0))).isFalse();
    }

    @Test
    void keyThatIsNotTheCurrentOneAnyMore_isStillOurs() throws IOException {
        var token = tokens.make("g1", 0);
        var keys = folder.resolve("keys");
        KeyRing.open(folder.resolve("newer"));
        Files.writeString(keys, "\n" + Files.readString(folder.resolve("newer")), StandardOpenOption.APPEND);

        assertThat(new NamedToken("cs_x_", KeyRing.open(keys)).isOurs(token)).isTrue();
    }

    @Test
    void nameThatWouldNotBeFoundAgain_isRefused() {
        for (var name : new String[] {"", "grant-1", "A", "a".repeat(65)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> tokens.make(name, 0));
        }
    }

    private static String text(Secret token) {
        return token.reveal(Secret.Purpose.ISSUE);
    }
}
