package dev.countersign.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    @TempDir
    Path folder;

    @Test
    void firstStart_makesAFileThatOnlyItsOwnerReads() throws Exception {
        var file = folder.resolve("new/keys");
        var made = KeyRing.open(file);
        assertThat(KeyRing.open(file).currentId()).isEqualTo(made.currentId());
        if (SyncedFolder.hasPermissions(folder)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------"})
    @DisabledOnOs(OS.WINDOWS)
    void fileOpenToOthers_isRefusedWithTheCommandThatMendsIt(String permissions) throws Exception {
        var file = folder.resolve("keys");
        KeyRing.open(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> KeyRing.open(file))
                .isInstanceOf(KeyRingException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only words\n", "k1\n", "k1 AAAA\n", "k1 not!base64\n"})
    void damagedFile_isNamed(String text) throws Exception {
        var file = folder.resolve("keys");
        KeyRing.open(file);
        Files.writeString(file, text);
        assertThatThrownBy(() -> KeyRing.open(file))
                .isInstanceOf(KeyRingException.class)
                .hasMessageContaining("damaged");
    }
}
