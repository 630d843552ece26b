package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.config.Config;
import dev.countersign.front.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final AtomicReference<Config> started = new AtomicReference<>();
    private final AtomicReference<Map<String, String>> faults = new AtomicReference<>();

    @BeforeEach
    void catchErrors() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void letThemGo() {
        System.setErr(before);
    }

    /** Starts nothing, as the sandbox does when it does not know a fault. */
    private int run(String... arguments) {
        return Cli.run(
                (config, demo, told) -> {
                    started.set(config);
                    faults.set(told);
                    throw new IllegalArgumentException("sandbox fault 'x' is unknown; use one of 401, 403");
                },
                arguments);
    }

    private String said() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Test
    void ports_standInARow_andDataIsItsOwn() {
        int port = FreePorts.threeInARow();

        run("demo", "--exit", "--port", Integer.toString(port), "--data", folder.toString());

        var config = started.get();
        assertThat(config.http().port()).isEqualTo(port);
        assertThat(config.connectors().get("sandbox").other()).containsEntry("port", Integer.toString(port + 1));
        assertThat(config.privatePort()).isEqualTo(port + 2);
        assertThat(config.dataFolder()).isEqualTo(folder);
        assertThat(config.database()).isEqualTo(folder.resolve("countersign.db"));
    }

    @Test
    void faults_reachTheSandbox_andAnUnknownOneIsWrongUsage() {
        int status = run(
                "demo",
                "--port",
                Integer.toString(FreePorts.threeInARow()),
                "--data",
                folder.toString(),
                "--fault",
                "mail-send=403",
                "--fault",
                "calendar-read=x");

        assertThat(faults.get()).containsExactlyInAnyOrderEntriesOf(Map.of("mail-send", "403", "calendar-read", "x"));
        assertThat(status).isEqualTo(Cli.USAGE);
        assertThat(said()).contains("use one of 401, 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=0", "--port=65535", "--port=many", "--fault=403", "--none"})
    void wrongOption_isWrongUsage_andNothingStarts(String option) {
        assertThat(run("demo", "--data", folder.toString(), option)).isEqualTo(Cli.USAGE);
        assertThat(started).hasNullValue();
    }

    @Test
    void portInUse_isSaidPlainly() throws IOException {
        int port = FreePorts.threeInARow();
        try (var other = new ServerSocket(port + 1, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run("demo", "--port", Integer.toString(port), "--data", folder.toString()))
                    .isEqualTo(1);
            assertThat(other.isBound()).isTrue();
        }
        assertThat(said()).contains("Port " + (port + 1) + " is in use", "--port");
        assertThat(started).hasNullValue();
    }
}
