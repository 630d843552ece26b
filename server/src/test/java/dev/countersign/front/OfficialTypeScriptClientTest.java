package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** npm's {@code @modelcontextprotocol/client}, with its own OAuth flow, attached to the whole server. */
@Tag(Programs.USE_NPM)
class OfficialTypeScriptClientTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCRIPT = "typescript-client.mjs";
    private static final int MOST_SECONDS = 90;

    private static Path node;
    private static CountersignServer server;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        node = Programs.node();
        // Node finds packages beside the script
        try (var script = OfficialTypeScriptClientTest.class.getResourceAsStream("/front/" + SCRIPT)) {
            Files.copy(script, Programs.npm().resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        }
        server = CountersignServer.demo(home);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void clientOf20260728_discoversLinksReadsAndSends() throws Exception {
        try (var alice = server.surfer(ALICE)) {
            var lines = run("modern", alice);

            assertThat(line(lines, "version").path("version").asString()).isEqualTo("2026-07-28");
            assertDidTheWholeJob(lines);
            assertThat(server.sandbox().sent(ALICE, "TypeScript: modern")).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"modern", "legacy"})
    void sameClientOverStdio_signsInByTheBridgeReadsAndSends(String era, @TempDir Path state) throws Exception {
        try (var alice = server.surfer(ALICE)) {
            alice.link();
            var lines = run(era, alice, StdioClient.command(server.mcp(), state));

            assertThat(line(lines, "version").path("version").asString())
                    .isEqualTo(era.equals("modern") ? "2026-07-28" : "2025-11-25");
            assertThat(line(lines, "tools").path("tools").valueStream().map(JsonNode::asString))
                    .contains("calendar_list_events", "mail_send");
            assertThat(pages(lines)).contains("/authorize").anyMatch(path -> path.startsWith("/approvals/"));
            assertThat(server.sandbox().sent(ALICE, "TypeScript: " + era + " by stdio"))
                    .isOne();
        }
    }

    @Test
    void sameClientOfTheOlderRevision_readsAndSends() throws Exception {
        try (var bob = server.surfer(BOB)) {
            var lines = run("legacy", bob);

            assertThat(line(lines, "version").path("version").asString()).isEqualTo("2025-11-25");
            assertDidTheWholeJob(lines);
            assertThat(server.sandbox().sent(BOB, "TypeScript: legacy")).isOne();
        }
    }

    private static void assertDidTheWholeJob(List<JsonNode> lines) {
        assertThat(line(lines, "tools").path("tools").valueStream().map(JsonNode::asString))
                .contains("calendar_list_events", "mail_send");
        var results = lines.stream().filter(line -> line.has("result")).toList();
        assertThat(results).extracting(line -> line.path("isError").asBoolean()).containsExactly(false, false);
        assertThat(results.getFirst().path("structured").path("events")).isNotEmpty();
        assertThat(results.getLast().path("structured").path("messageId").asString())
                .isNotEmpty();
        assertThat(pages(lines))
                .contains("/authorize", "/connect/sandbox")
                .anyMatch(path -> path.startsWith("/approvals/"));
    }

    private static JsonNode line(List<JsonNode> lines, String member) {
        return lines.stream().filter(line -> line.has(member)).findFirst().orElseThrow();
    }

    private static List<String> pages(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.has("open"))
                .map(line -> URI.create(line.path("open").asString()).getPath())
                .toList();
    }

    /** Runs the script to its end; the person goes where it says. */
    private static List<JsonNode> run(String era, Surfer person, String... bridge) throws Exception {
        var command =
                new ArrayList<>(List.of(node.toString(), SCRIPT, server.mcp().toString(), era));
        command.addAll(List.of(bridge));
        var process = new ProcessBuilder(command)
                .directory(Programs.npm().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new ArrayList<JsonNode>();
        try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var said = JSON.readTree(line);
                lines.add(said);
                if (said.has("open")) {
                    go(person, URI.create(said.path("open").asString()));
                }
            }
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("status after %s", lines).isZero();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void go(Surfer person, URI page) {
        switch (page.getPath().split("/")[1]) {
            case "authorize" -> person.allow(page);
            case "connect" -> person.link(page);
            default -> person.approve(page);
        }
    }
}
