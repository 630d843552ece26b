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
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
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

    private final MockWebServer provider = new MockWebServer();
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        provider.setDispatcher(new Tasks());
        provider.start();
        folder = Files.createDirectories(home.resolve("data/connectors"));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    /** Says yes at once, and has one item. */
    private static final class Tasks extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            return switch (request.getUrl().encodedPath()) {
                case "/authorize" ->
                    new MockResponse.Builder()
                            .code(302)
                            .setHeader(
                                    "Location",
                                    request.getUrl().queryParameter("redirect_uri") + "?code=c1&state="
                                            + request.getUrl().queryParameter("state"))
                            .build();
                case "/token" ->
                    json(
                            "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
                case "/api/me" -> json("{\"id\":\"7\",\"email\":\"alice@tasks.example\",\"name\":\"Alice\"}");
                case "/api/items" ->
                    json("{\"items\":[{\"id\":\"1\",\"title\":\"Water\",\"author\":\"bob@tasks.example\"}]}");
                default -> new MockResponse.Builder().code(404).build();
            };
        }

        private static MockResponse json(String body) {
            return new MockResponse.Builder()
                    .setHeader("Content-Type", "application/json")
                    .body(body)
                    .build();
        }
    }

    private CountersignServer server() {
        return CountersignServer.start(
                home,
                true,
                CountersignServer.Ports.free(),
                Map.of(
                        "connectors.demo-tasks.client-id", "id-1",
                        "connectors.demo-tasks.client-secret", "secret-1",
                        "connectors.demo-tasks.url", "http://127.0.0.1:" + provider.getPort()));
    }

    @Test
    void jarInTheFolder_isLinkedAskedForAndCalled() {
        MadeConnector.make(checkout, "demo-tasks").pack(folder.resolve("tasks.jar"));
        try (var server = server();
                var browser = new Browser(REDIRECT)) {
            assertThat(server.running().notices()).isEmpty();
            assertThat(server.running().providers()).contains("Demo tasks");
            var connect = browser.signInIfAsked(
                    browser.open(server.page("/connect/demo-tasks")),
                    CountersignServer.ALICE,
                    CountersignServer.PASSWORD);
            assertThat(connect.text()).contains("See what you have at Demo tasks");
            assertThat(browser.press(connect, "Connect Demo tasks", Map.of()).text())
                    .contains("alice@tasks.example is linked");

            var login = OAuthLogin.discover(server.mcp(), "App", URI.create(REDIRECT));
            var started = login.start(List.of("demo-tasks:read"));
            var consent = browser.open(started.url());
            assertThat(consent.text()).contains("See what you have at Demo tasks");
            var tokens = login.finish(
                    started, browser.press(consent, "Allow", Map.of()).url());
            assertThat(tokens.scopes()).containsExactly("demo-tasks:read");
            var app = new AttachedApp(server.mcp(), login, tokens);
            try (var client = app.modern(AttachedApp.NOTHING)) {
                var answer = client.callTool("demo_tasks_list", Map.of());
                assertThat(Calls.structured(answer)
                                .path("items")
                                .path(0)
                                .path("title")
                                .asString())
                        .isEqualTo("Water");
                assertThat(client.callTool("demo_tasks_delete", Map.of("id", "1"))
                                .challenge())
                        .contains("insufficient_scope", "demo-tasks:write");
            }
        }
    }

    @Test
    void brokenJars_areLeftOutWithTheReason_andTheServerRuns() throws IOException {
        Files.writeString(folder.resolve("text.jar"), "no jar");
        MadeConnector.make(checkout.resolve("one"), "sandbox").pack(folder.resolve("taken.jar"));
        MadeConnector.make(checkout.resolve("two"), "open").pack(folder.resolve("writable.jar"));
        Files.setPosixFilePermissions(folder.resolve("writable.jar"), PosixFilePermissions.fromString("rw-rw-rw-"));
        try (var server = server()) {
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
