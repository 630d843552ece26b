package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line of npm's {@code @modelcontextprotocol/inspector}, with the token of a real sign-in. */
@Tag(Programs.USE_NPM)
class InspectorTest {
    private static final String LAUNCHER = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";
    private static final int MOST_SECONDS = 60;

    @TempDir
    private static Path home;

    private static Path node;
    private static CountersignServer server;
    private static String token;

    @BeforeAll
    static void start() {
        node = Programs.node();
        server = CountersignServer.demo(home.resolve("server"));
        try (var alice = server.surfer(ALICE)) {
            alice.link();
        }
        token = server.attach(ALICE, "Inspector").tokens().accessToken();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void tools_areListedWithSchemasThatEveryClientTakes() throws Exception {
        var listed = run("--method", "tools/list", "--strict");

        assertThat(listed.path("tools")
                        .valueStream()
                        .map(tool -> tool.path("name").asString()))
                .contains("calendar_list_events", "mail_send", "search", "accounts_list");
    }

    @Test
    void tool_isCalledForThePersonWhoSignedIn() throws Exception {
        var called = run("--method", "tools/call", "--tool-name", "calendar_list_calendars");

        assertThat(called.path("isError").asBoolean(false)).isFalse();
        assertThat(called.path("structuredContent").path("calendars")).isNotEmpty();
    }

    @Test
    void prompts_areListed() throws Exception {
        assertThat(run("--method", "prompts/list")
                        .path("prompts")
                        .valueStream()
                        .map(prompt -> prompt.path("name").asString()))
                .contains("plan_my_day", "draft_reply");
    }

    private static JsonNode run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                node.toString(),
                Programs.module(LAUNCHER).toString(),
                "--cli",
                server.mcp().toString(),
                "--transport",
                "http",
                "--header",
                "Authorization: Bearer " + token));
        command.addAll(List.of(arguments));
        var errors = Files.createTempFile(home, "inspector", ".err");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("HOME", home.toString());
        var process = builder.start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed + Files.readString(errors)).isZero();
        return JsonMapper.shared().readTree(printed);
    }
}
