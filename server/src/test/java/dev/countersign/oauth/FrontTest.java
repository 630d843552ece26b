package dev.countersign.oauth;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test gets a server of its own. */
abstract class FrontTest {
    @TempDir
    Path folder;

    Front front;

    @BeforeEach
    void start() throws IOException {
        front = new Front(folder);
    }

    @AfterEach
    void stop() {
        front.close();
    }
}
