package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.front.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The MCP conformance suite, each revision on its own wire, with no failure and none expected. */
@Tag(Programs.USE_NPM)
final class ConformanceTest {
    private static final String SUITE = "@modelcontextprotocol/conformance/dist/index.js";
    private static final Path LOG = Path.of("target", "conformance.log");
    private static final int MOST_MINUTES = 5;

    @TempDir
    private static Path folder;

    private static ConformanceServer server;
    private static Path node;

    @BeforeAll
    static void start() throws IOException {
        node = Programs.node();
        server = new ConformanceServer(folder.resolve("keys"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void revision_passesAllThatItRequires(String revision) throws Exception {
        assertThat(suite("--requirements", revision)).isZero();
    }

    static Stream<String> beyond() {
        return Stream.of(
                "tasks-lifecycle",
                "tasks-capability-negotiation",
                "tasks-wire-fields",
                "tasks-request-state-removal",
                "tasks-mrtr-input",
                "tasks-request-headers",
                "tasks-dispatch-and-envelope",
                "tasks-status-notifications",
                "tasks-required-task-error",
                "tasks-mrtr-composition",
                "json-schema-2020-12",
                "http-header-validation",
                "http-custom-header-server-validation");
    }

    /** The extension's scenarios, and those that the suite's own server cannot pass yet. */
    @ParameterizedTest
    @MethodSource("beyond")
    void scenarioBeyondTheRequired_passes(String scenario) throws Exception {
        assertThat(suite("--scenario", scenario)).isZero();
    }

    @Test
    void unknownScenario_isNoSuccess() throws Exception {
        assertThat(suite("--scenario", "no-such-scenario")).isNotZero();
    }

    private static int suite(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(
                List.of(node.toString(), Programs.module(SUITE).toString(), "server", "--url", server.address()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                .start();
        try {
            assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
