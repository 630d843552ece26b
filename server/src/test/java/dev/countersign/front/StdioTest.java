package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static dev.countersign.front.CountersignServer.PASSWORD;
import static dev.countersign.front.StdioMessages.INITIALIZE;
import static dev.countersign.front.StdioMessages.INITIALIZED;
import static dev.countersign.front.StdioMessages.legacy;
import static dev.countersign.front.StdioMessages.legacyCall;
import static dev.countersign.front.StdioMessages.modern;
import static dev.countersign.front.StdioMessages.modernCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.BridgeSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code countersign stdio}, attached to the whole server by a person at a browser. */
class StdioTest {
    private static Path home;
    private static CountersignServer.Ports ports;
    private static CountersignServer server;

    @TempDir
    Path state;

    private StdioClient bridge;

    @BeforeAll
    static void start(@TempDir Path folder) {
        home = folder;
        ports = CountersignServer.Ports.free();
        server = CountersignServer.start(home, true, ports);
        try (var alice = server.surfer(ALICE)) {
            alice.link();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startBridge() {
        bridge = within(state);
    }

    private static StdioClient within(Path folder) {
        var environment = Map.of("COUNTERSIGN_STDIO_STATE", folder.toString());
        return StdioClient.within(BridgeSettings.of(server.mcp().toString(), false, environment));
    }

    @AfterEach
    void noTokenWasPrinted() {
        bridge.close();
        assertThat(bridge.printed()).doesNotContain("cs_rt_", "cs_ac_", "eyJ");
    }

    private static void allow(URI page) {
        try (var alice = new Surfer(server.url(), ALICE, PASSWORD)) {
            assertThat(alice.allow(page).text()).contains("You can close this page");
        }
    }

    private void begin() {
        bridge.send(INITIALIZE);
        allow(bridge.signInPage(1));
        assertThat(bridge.answer(1).path("result").path("protocolVersion").asString())
                .isEqualTo("2025-11-25");
        bridge.send(INITIALIZED);
    }

    private Path tokenFile() throws IOException {
        try (var files = Files.list(state)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private ObjectNode tokens() throws IOException {
        return (ObjectNode) JsonMapper.shared().readTree(Files.readString(tokenFile()));
    }

    /** As it is ten minutes later. */
    private void spoilAccessToken() throws IOException {
        Files.writeString(tokenFile(), tokens().put("access_token", "expired").toString());
    }

    private static List<String> tools(JsonNode answer) {
        return answer.path("result")
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString())
                .toList();
    }

    private static boolean isResult(JsonNode answer) {
        return answer.has("result") && !answer.path("result").path("isError").asBoolean(false);
    }

    @Test
    void clientOf20251125_signsInListsAndCalls() throws Exception {
        bridge = StdioClient.process(server.mcp(), state);
        begin();
        bridge.send(legacy(2, "tools/list", "{}"));
        bridge.send(legacyCall(3, "calendar_list_calendars"));

        assertThat(tools(bridge.answer(2))).contains("calendar_list_events", "mail_send");
        assertThat(isResult(bridge.answer(3))).isTrue();
        assertThat(bridge.closeInput()).isZero();
    }

    @Test
    void clientOf20260728_signsInDiscoversListsAndCalls() throws Exception {
        bridge = StdioClient.process(server.mcp(), state);
        bridge.send(modern(1, "server/discover", ""));
        allow(bridge.signInPage(1));
        bridge.send(modern(2, "tools/list", ""));
        bridge.send(modernCall(3, "calendar_list_calendars"));

        assertThat(bridge.answer(1).path("result").path("supportedVersions")).isNotEmpty();
        assertThat(tools(bridge.answer(2))).contains("calendar_list_events", "mail_send");
        assertThat(isResult(bridge.answer(3))).isTrue();
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void manyRequestsBeforeTheSignIn_askThePersonOnce() {
        IntStream.range(0, 10).forEach(id -> bridge.send(modernCall(id, "accounts_list")));
        allow(bridge.signInPage(1));

        assertThat(IntStream.range(0, 10).mapToObj(bridge::answer)).allMatch(StdioTest::isResult);
        assertThat(bridge.signInPages()).hasSize(1);
        assertThat(bridge.messages()).hasSize(10);
    }

    @Test
    void personWhoDenies_isToldToTheClientAndNotAskedAgainAtOnce() {
        bridge.send(modernCall(1, "accounts_list"));
        try (var alice = server.surfer(ALICE)) {
            alice.press(alice.open(bridge.signInPage(1)), "Deny");
        }
        var denied = bridge.answer(1).path("error");
        bridge.send(modernCall(2, "accounts_list"));

        assertThat(denied.path("message").asString()).contains("did not allow it");
        assertThat(denied.path("data").path("dev.countersign/bridge").asString())
                .isEqualTo("signed_out");
        assertThat(bridge.answer(2).path("error").path("message").asString()).contains("did not allow it");
        assertThat(bridge.signInPages()).hasSize(1);
    }

    @Test
    void toolThatNeedsMoreScopes_isAskedForTogetherWithThoseThatAreThere() throws Exception {
        bridge.send(modernCall(1, "accounts_list"));
        allow(bridge.signInPage(1));
        bridge.answer(1);
        bridge.send(modern(
                2,
                "tools/call",
                ",\"name\":\"mail_send\",\"arguments\":{\"to\":[\"" + BOB
                        + "\"],\"subject\":\"By stdio\",\"body\":\"See you.\"}"));
        allow(bridge.signInPage(2));

        assertThat(bridge.answer(2)
                        .path("result")
                        .path("_meta")
                        .path("dev.countersign/url")
                        .asString())
                .contains("/approvals/");
        assertThat(Set.of(tokens().path("scope").asString().split(" "))).contains("mail:send", "calendar:read");
    }

    @Test
    void toolsThatNeedDifferentScopesAtOnce_areAllowedOneAfterTheOther() throws Exception {
        begin();
        bridge.send(modern(2, "tools/call", ",\"name\":\"mail_send\",\"arguments\":{}"));
        bridge.send(modern(3, "tools/call", ",\"name\":\"calendar_create_event\",\"arguments\":{}"));
        allow(bridge.signInPage(2));
        allow(bridge.signInPage(3));

        assertThat(bridge.answer(2).path("result").path("isError").asBoolean()).isTrue();
        assertThat(bridge.answer(3).path("result").path("isError").asBoolean()).isTrue();
        assertThat(Set.of(tokens().path("scope").asString().split(" "))).contains("mail:send", "calendar:write");
    }

    @Test
    void questionOfTheServers_isPutToTheClientAndAnswered() {
        begin();
        bridge.send(legacy(
                2,
                "tools/call",
                "{\"name\":\"calendar_create_event\",\"arguments\":{\"title\":\"Asked by stdio\","
                        + "\"start\":\"2027-03-01T10:00\",\"end\":\"2027-03-01T11:00\"}}"));
        allow(bridge.signInPage(2));
        var question = bridge.said("elicitation/create");
        bridge.send("{\"jsonrpc\":\"2.0\",\"id\":" + question.path("id")
                + ",\"result\":{\"action\":\"accept\",\"content\":{}}}");

        assertThat(question.path("params").path("message").asString()).contains("Asked by stdio");
        assertThat(isResult(bridge.answer(2))).isTrue();
    }

    @Test
    void tokens_areTheOwnersAlone() throws Exception {
        begin();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile())))
                .isEqualTo("rw-------");
        assertThat(tokens().path("resource").asString()).isEqualTo(server.mcp().toString());
    }

    /** The state folder is made with it; an own one of the test lies there already. */
    @Test
    void newStateFolder_isTheOwnersAlone() throws Exception {
        var folder = state.resolve("new");
        try (var other = within(folder)) {
            other.send(modernCall(1, "accounts_list"));
            allow(other.signInPage(1));
            assertThat(isResult(other.answer(1))).isTrue();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void twoBridges_refreshWithoutTakingEachOthersToken() throws Exception {
        begin();
        spoilAccessToken();
        try (var first = StdioClient.process(server.mcp(), state);
                var second = StdioClient.process(server.mcp(), state)) {
            first.send(modernCall(1, "accounts_list"));
            second.send(modernCall(1, "accounts_list"));

            assertThat(isResult(first.answer(1))).isTrue();
            assertThat(isResult(second.answer(1))).isTrue();
            assertThat(first.signInPages()).isEmpty();
            assertThat(second.signInPages()).isEmpty();
        }
    }

    @Test
    void twoBridgesOfAPersonWhoIsNotSignedIn_askOnce() {
        try (var other = within(state)) {
            bridge.send(modernCall(1, "accounts_list"));
            var page = bridge.signInPage(1);
            other.send(modernCall(1, "accounts_list"));
            allow(page);

            assertThat(isResult(bridge.answer(1))).isTrue();
            assertThat(isResult(other.answer(1))).isTrue();
            assertThat(other.signInPages()).isEmpty();
        }
    }

    @Test
    void grantThatThePersonRevoked_isAskedForAnew() throws Exception {
        begin();
        Files.writeString(
                tokenFile(),
                tokens().put("access_token", "expired")
                        .put("refresh_token", "unknown")
                        .toString());
        try (var next = within(state)) {
            next.send(modernCall(1, "accounts_list"));
            allow(next.signInPage(1));

            assertThat(isResult(next.answer(1))).isTrue();
        }
    }

    @Test
    void serverThatStartsAgain_isNotNoticedByTheClient() {
        begin();
        bridge.send(legacyCall(2, "accounts_list"));
        assertThat(isResult(bridge.answer(2))).isTrue();

        server.close();
        var whileDown = errorWhileDown();
        server = CountersignServer.start(home, false, ports);
        bridge.send(legacyCall(3, "accounts_list"));

        assertThat(whileDown).contains(server.mcp().toString(), "countersign start");
        assertThat(isResult(bridge.answer(3))).isTrue();
        assertThat(bridge.signInPages()).hasSize(1);
    }

    /** The first request may still go to a connection whose end is not known yet. */
    private String errorWhileDown() {
        var ids = new AtomicInteger(100);
        return Await.found("the server to be missed", () -> {
            int id = ids.incrementAndGet();
            bridge.send(legacyCall(id, "accounts_list"));
            var error = bridge.answer(id).path("error");
            return error.path("message").stringValueOpt().filter(words -> words.contains("not running at"));
        });
    }

    @Test
    void inputThatEndsWhileACallRuns_endsTheBridge() throws Exception {
        begin();
        server.sandbox().fail(ALICE, "calendar-read", "slow:100s", 1);
        bridge.send(legacyCall(2, "calendar_list_calendars"));
        Await.until("the request at the provider", () -> server.sandbox().faultsLeft() == 0);

        assertThat(bridge.closeInput()).isZero();
        assertThat(isResult(bridge.answer(2))).isFalse();
    }

    @Test
    void linesThatAreNoMessage_areRefusedAndTheRestGoesOn() {
        bridge.send("not JSON");
        bridge.send("");
        bridge.send("[" + legacy(5, "ping", "{}") + "]");
        bridge.send("\"" + "x".repeat(4 * 1024 * 1024) + "\"");
        begin();

        assertThat(bridge.messages().stream()
                        .filter(message -> message.path("id").isNull())
                        .map(message -> message.path("error").path("code").asInt()))
                .containsExactly(-32700, -32600, -32600);
    }

    @Test
    void signOut_revokesAndDeletes() throws Exception {
        begin();
        try (var out =
                StdioClient.process(server.mcp(), Map.of("COUNTERSIGN_STDIO_STATE", state.toString()), "--sign-out")) {
            assertThat(out.closeInput()).isZero();
            assertThat(out.printed()).contains("signed out");
        }
        bridge.send(legacyCall(2, "accounts_list"));

        assertThat(bridge.signInPage(2)).hasPath("/authorize");
        try (var files = Files.list(state)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".json"));
        }
    }

    @Test
    void desktopWithABrowser_isShownThePage() throws Exception {
        var programs = Files.createDirectories(state.resolve("bin"));
        var shown = state.resolve("shown");
        var program = programs.resolve("xdg-open");
        Files.writeString(
                program, "#!/bin/sh\necho \"$1\" > '" + shown + ".part'\nmv '" + shown + ".part' '" + shown + "'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        var path = programs + ":" + System.getenv("PATH");
        try (var desktop =
                StdioClient.process(server.mcp(), Map.of("COUNTERSIGN_STDIO_STATE", state.toString(), "PATH", path))) {
            desktop.send(modernCall(1, "accounts_list"));
            Await.until("the browser", () -> Files.exists(shown));
            allow(URI.create(Files.readString(shown).strip()));

            assertThat(isResult(desktop.answer(1))).isTrue();
        }
    }

    @Test
    void plainHttpToAnotherMachine_isRefused() throws Exception {
        try (var refused = StdioClient.process(
                URI.create("http://sign.example.com/mcp"), Map.of("COUNTERSIGN_STDIO_STATE", state.toString()))) {
            assertThat(refused.closeInput()).isEqualTo(2);
            assertThat(refused.printed()).contains("--url").contains("https");
        }
    }
}
