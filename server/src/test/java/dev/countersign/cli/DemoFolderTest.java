package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
    @TempDir
    Path folder;

    @Test
    void folderOfADemo_isEmptied() throws IOException {
        var demo = folder.resolve("data/demo");
        DemoFolder.empty(demo);
        Files.createDirectories(demo.resolve("sandbox"));
        Files.writeString(demo.resolve("sandbox/sandbox.db"), "mail");
        Files.createFile(demo.resolve("lock"));

        DemoFolder.empty(demo);

        try (var entries = Files.list(demo)) {
            assertThat(entries).containsExactly(demo.resolve(DemoFolder.MARK));
        }
    }

    @Test
    void folderOfAnythingElse_isLeftAsItIs() throws IOException {
        Files.writeString(folder.resolve("letters.txt"), "dear");

        assertThatThrownBy(() -> DemoFolder.empty(folder))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("was not made by a demo");

        assertThat(folder.resolve("letters.txt")).hasContent("dear");
        assertThat(folder.resolve(DemoFolder.MARK)).doesNotExist();
    }

    @Test
    void folderOfADemoThatRuns_isLeftAsItIs() throws IOException {
        DemoFolder.empty(folder);
        Files.writeString(folder.resolve("countersign.db"), "rows");
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();

            assertThatThrownBy(() -> DemoFolder.empty(folder))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Another demo runs");
        }
        assertThat(folder.resolve("countersign.db")).hasContent("rows");
    }
}
