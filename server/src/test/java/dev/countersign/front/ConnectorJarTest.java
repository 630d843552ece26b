package dev.countersign.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.MadeConnector;
import dev.countersign.client.Browser;
import dev.countersign.client.OAuthLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that come as jars in a folder. */
class ConnectorJarTest {
    private static final String REDIRECT = "http://127.0.0.1:9/callback";

    @TempDir
    Path home;

    @TempDir
    Path checkout;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(home.resolve("data/connectors"));
    }

    private CountersignServer server(Map<String, String> settings) {
        return CountersignServer.start(home, true, CountersignServer.Ports.free(), settings);
    }

    @Test
    void jarInTheFolder_isLinkedAskedForAndCalled() {
        var made = MadeConnector.make(checkout, "jar-tasks");
        made.pack(folder.resolve("tasks.jar"));
        try (var played = PlayedProgram.start(made);
                var server = server(played.settings());
                var browser = new Browser(REDIRECT)) {
            assertThat(server.running().notices()).isEmpty();
            assertThat(server.running().providers()).contains("Jar tasks");
            var connect = browser.signInIfAsked(
                    browser.open(server.page("/connect/jar-tasks")),
                    CountersignServer.ALICE,
                    CountersignServer.PASSWORD);
            assertThat(connect.text()).contains("See what you have at Jar tasks");
            assertThat(browser.press(connect, "Connect Jar tasks", Map.of()).text())
                    .contains("alice@example.com is linked");

            var login = OAuthLogin.discover(server.mcp(), "App", URI.create(REDIRECT));
            var started = login.start(List.of("jar-tasks:read"));
            var consent = browser.open(started.url());
            assertThat(consent.text()).contains("See what you have at Jar tasks");
            var tokens = login.finish(
                    started, browser.press(consent, "Allow", Map.of()).url());
            assertThat(tokens.scopes()).containsExactly("jar-tasks:read");
            var app = new AttachedApp(server.mcp(), login, tokens);
            try (var client = app.modern(AttachedApp.NOTHING)) {
                var answer = client.callTool("jar_tasks_list", Map.of());
                assertThat(Calls.structured(answer)
                                .path("tasks")
                                .path(0)
                                .path("title")
                                .asString())
                        .isEqualTo("Water the plants");
                assertThat(client.callTool("jar_tasks_delete", Map.of("id", "1"))
                                .challenge())
                        .contains("insufficient_scope", "jar-tasks:write");
            }
        }
    }

    @Test
    void brokenJars_areLeftOutWithTheReason_andTheServerRuns() throws IOException {
        Files.writeString(folder.resolve("text.jar"), "no jar");
        MadeConnector.make(checkout.resolve("one"), "sandbox").pack(folder.resolve("taken.jar"));
        MadeConnector.make(checkout.resolve("two"), "open").pack(folder.resolve("writable.jar"));
        Files.setPosixFilePermissions(folder.resolve("writable.jar"), PosixFilePermissions.fromString("rw-rw-rw-"));
        try (var server = server(Map.of())) {
            assertThat(server.running().notices())
                    .satisfiesExactly(
                            notice ->
                                    assertThat(notice).contains("taken.jar", "there is a connector 'sandbox' already"),
                            notice -> assertThat(notice).contains("text.jar", "left out"),
                            notice -> assertThat(notice).contains("writable.jar", "chmod o-w"));
            assertThat(server.running().providers()).doesNotContain("Open");
        }
    }
}
