package dev.countersign.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SECURITY section N(89, 90, 93): what a client echoes back is authenticated, bound and unreadable. */
class StateSealerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] STATE = "canary-state".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private KeyRing ring;
    private StateSealer sealer;
    private String sealed;

    @BeforeEach
    void seal() {
        ring = KeyRing.open(folder.resolve("keys"));
        sealer = at(NOW);
        sealed = sealer.seal("cursor", "alice/client/tool", Duration.ofMinutes(10), STATE);
    }

    private StateSealer at(Instant now) {
        return new StateSealer(ring, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void sealedState_opensForItsBindingAndTellsNothing() {
        assertThat(sealer.open("cursor", "alice/client/tool", sealed)).hasValue(STATE);
        assertThat(sealed).startsWith("v1.").matches("[A-Za-z0-9._-]+");
    }

    @Test
    void otherPurposeOrBinding_isEmpty() {
        assertThat(sealer.open("request", "alice/client/tool", sealed)).isEmpty();
        assertThat(sealer.open("cursor", "bob/client/tool", sealed)).isEmpty();
    }

    @Test
    void pastItsLifetime_isEmpty() {
        assertThat(at(NOW.plusSeconds(599)).open("cursor", "alice/client/tool", sealed))
                .isPresent();
        assertThat(at(NOW.plusSeconds(600)).open("cursor", "alice/client/tool", sealed))
                .isEmpty();
    }

    @Test
    void everyChangedCharacter_isEmpty() {
        for (int i = 0; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            var changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(sealer.open("cursor", "alice/client/tool", changed))
                    .as("character %d", i)
                    .isEmpty();
            assertThat(sealer.open("cursor", "alice/client/tool", sealed.substring(0, i)))
                    .isEmpty();
        }
        assertThat(sealer.open("cursor", "alice/client/tool", sealed + "A")).isEmpty();
        assertThat(sealer.open("cursor", "alice/client/tool", sealed + "=")).isEmpty();
        assertThat(sealer.open("cursor", "alice/client/tool", "x".repeat(100_000)))
                .isEmpty();
    }
}
