package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** MCP 2026-07-28, basic/transports/streamable-http, basic/versioning, server/discover. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamableHttpTest {
    /** Nothing here takes longer than its own waits; a machine under load may. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** A second is what it takes, and sooner than a connection that is idle would end by itself. */
    private static final Duration NOTICED = Duration.ofSeconds(25);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final CompletableFuture<Thread> waits = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new TestServer(
                folder,
                new ToolRegistry(
                        List.of(
                                new FixtureTool(
                                        "echo",
                                        r -> FixtureTool.text(
                                                r.arguments().path("text").stringValue(""))),
                                FixtureTool.needing("mail:send", "mail_send"),
                                FixtureTool.mirroring("query", """
                                    {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},
                                    "deep":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"N"}}}}}\
                                    """),
                                new FixtureTool("steps", StreamableHttpTest::steps),
                                new FixtureTool("broken", r -> {
                                    throw new IllegalStateException("secret-detail");
                                }),
                                new FixtureTool("waits", this::waits)),
                        4));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Answer steps(ToolRequest request) {
        request.progress().report(1, 2, "half");
        request.progress().report(1, 2, "again");
        request.progress().report(2, 2, "whole");
        return FixtureTool.text("done");
    }

    private Answer waits(ToolRequest request) {
        waits.complete(Thread.currentThread());
        try {
            Thread.sleep(PATIENCE.multipliedBy(2)); // only an interrupt ends it sooner
            ended.complete("slept");
            return FixtureTool.text("slept");
        } catch (InterruptedException e) {
            ended.complete(request.running().cancelled() ? "cancelled" : "interrupted");
            throw new CallEndedException();
        }
    }

    @Test
    void toolCall_isAnsweredAsOneJsonObject() {
        var response = server.send(server.modern(
                TestServer.ALICE,
                TestServer.message(
                        "a", "tools/call", Map.of("name", "echo", "arguments", Map.of("text", "hé")), "{}")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
        var answer = TestServer.json(response);
        assertThat(answer.path("id").stringValue()).isEqualTo("a");
        var result = answer.path("result");
        assertThat(result.path("resultType").stringValue()).isEqualTo("complete");
        assertThat(result.path("content").path(0).path("text").stringValue()).isEqualTo("hé");
        assertThat(result.path("structuredContent").path("words").stringValue()).isEqualTo("hé");
        assertThat(result.path("_meta")
                        .path("io.modelcontextprotocol/serverInfo")
                        .path("name")
                        .stringValue())
                .isEqualTo("countersign");
    }

    @Test
    void discover_namesVersionsAndCapabilities() {
        var result =
                server.call(TestServer.ALICE, "server/discover", Map.of(), "{}").path("result");

        assertThat(result.path("supportedVersions").path(0).stringValue()).isEqualTo("2026-07-28");
        assertThat(result.path("capabilities").propertyNames()).containsExactly("tools");
        assertThat(result.path("ttlMs").longValue()).isPositive();
        assertThat(result.path("cacheScope").stringValue()).isEqualTo("public");
    }

    @Test
    void list_isSortedAndPaged() {
        var first = server.call(TestServer.ALICE, "tools/list", Map.of(), "{}").path("result");
        var cursor = first.path("nextCursor").stringValue();
        var second = server.call(TestServer.ALICE, "tools/list", Map.of("cursor", cursor), "{}")
                .path("result");

        assertThat(first.path("tools").findValuesAsString("name"))
                .containsExactly("broken", "echo", "mail_send", "query");
        assertThat(second.path("tools").findValuesAsString("name")).containsExactly("steps", "waits");
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(second.path("cacheScope").stringValue()).isEqualTo("public");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "YWZ0ZXI6bm9uZQ"})
    void listWithForeignCursor_isInvalidParams(String cursor) {
        var answer = server.call(TestServer.ALICE, "tools/list", Map.of("cursor", cursor), "{}");

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "tools/nothing", "prompts/list"
            })
    void unknownMethod_is404(String method) {
        var response = server.send(server.modern(TestServer.ALICE, TestServer.message(7, method, Map.of(), "{}")));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(-32601);
        assertThat(TestServer.json(response).path("id").intValue()).isEqualTo(7);
    }

    @Test
    void unknownTool_isInvalidParams() {
        var answer = server.call(TestServer.ALICE, "tools/call", Map.of("name", "nothing"), "{}");

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32602);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("no version", Map.of("Mcp-Method", "tools/call", "Mcp-Name", "echo")),
                Arguments.of(
                        "other version",
                        Map.of("MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/call", "Mcp-Name", "echo")),
                Arguments.of("no method", Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Name", "echo")),
                Arguments.of(
                        "other method",
                        Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list", "Mcp-Name", "echo")),
                Arguments.of(
                        "method in other case",
                        Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "Tools/Call", "Mcp-Name", "echo")),
                Arguments.of("no name", Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call")),
                Arguments.of(
                        "other name",
                        Map.of("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "query")),
                Arguments.of(
                        "broken Base64",
                        Map.of(
                                "MCP-Protocol-Version", "2026-07-28",
                                "Mcp-Method", "tools/call",
                                "Mcp-Name", "=?base64?%%?=")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void headersThatDifferFromBody_areMismatch(String what, Map<String, String> headers) {
        var message = TestServer.message(3, "tools/call", Map.of("name", "echo"), "{}");
        var request = server.request(TestServer.ALICE).POST(HttpRequest.BodyPublishers.ofString(message.toString()));
        headers.forEach(request::header);

        var response = server.send(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(-32020);
        assertThat(TestServer.json(response).path("id").intValue()).isEqualTo(3);
    }

    @Test
    void headerTwice_isMismatch() {
        var message = TestServer.message(3, "tools/call", Map.of("name", "echo"), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message).header("Mcp-Name", "query"));

        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(-32020);
    }

    @Test
    void encodedName_isDecodedBeforeItIsCompared() {
        var encoded = "=?base64?" + Base64.getEncoder().encodeToString("echo".getBytes(StandardCharsets.UTF_8)) + "?=";
        var message = TestServer.message(3, "tools/call", Map.of("name", "echo"), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message).setHeader("Mcp-Name", encoded));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"region\":\"eu\"}', Region, eu, 200",
        "'{\"region\":\"eu\"}', Region, us, 400",
        "'{\"region\":\"eu\"}', Other, eu, 400",
        "'{}', Region, eu, 400",
        "'{}', Other, eu, 200",
        "'{\"region\":null}', Other, x, 200",
        "'{\"deep\":{\"n\":42}}', N, 42.0, 200",
        "'{\"deep\":{\"n\":42}}', N, 43, 400",
        "'{\"deep\":{\"n\":42}}', N, x, 400",
        "'{\"region\":\"ü\"}', Region, =?base64?w7w=?=, 200",
    })
    void mirroredArguments_mustEqualTheirHeaders(String arguments, String header, String value, int status) {
        var message = TestServer.message(
                3, "tools/call", Map.of("name", "query", "arguments", JSON.readTree(arguments)), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message).header("Mcp-Param-" + header, value));

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"2099-01-01", "1900-01-01", "2025-11-25", "v9"})
    void unsupportedVersion_namesThoseThatAreSupported(String version) {
        var message = TestServer.message(5, "tools/list", Map.of(), "{}");
        message.withObject("/params/_meta").put(ModernHeaders.VERSION_KEY, version);

        var response = server.send(server.modern(TestServer.ALICE, message).setHeader("MCP-Protocol-Version", version));

        assertThat(response.statusCode()).isEqualTo(400);
        var error = TestServer.json(response).path("error");
        assertThat(error.path("code").intValue()).isEqualTo(-32022);
        assertThat(error.path("data").path("requested").stringValue()).isEqualTo(version);
        assertThat(error.path("data").path("supported").path(0).stringValue()).isEqualTo("2026-07-28");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"_meta\":{}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
                "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}",
                "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":1,\"io.modelcontextprotocol/clientCapabilities\":{}}}",
                "{\"_meta\":7}"
            })
    void metaWithoutItsFields_isInvalidParams(String params) {
        var message = TestServer.message(102, "server/discover", Map.of(), "{}");
        message.set("params", JSON.readTree(params));

        var response = server.send(server.modern(TestServer.ALICE, message));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(-32602);
        assertThat(TestServer.json(response).path("id").intValue()).isEqualTo(102);
    }

    static Stream<String> bodies() {
        return Stream.of(
                "",
                "{",
                "[]",
                "null",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"a\":{\"b\":1,\"b\":2}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"d\":" + "[".repeat(100) + "]".repeat(100)
                        + "}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"d\":" + "[".repeat(10_000) + "}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"d\":" + "9".repeat(5000) + "}}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void malformedBody_is400(String body) {
        for (var version : List.of("2026-07-28", "2025-03-26")) {
            var request = server.request(TestServer.ALICE)
                    .header("MCP-Protocol-Version", version)
                    .POST(HttpRequest.BodyPublishers.ofString(body));

            var response = server.send(request);

            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(TestServer.json(response).path("error").path("code").intValue())
                    .isNegative();
        }
    }

    @Test
    void namesAreNotFolded() {
        var message = TestServer.message(1, "tools/call", Map.of("NAME", "echo", "name\u0000", "echo"), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message));

        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(-32602);
    }

    @Test
    void largeBody_is413() {
        var message = TestServer.message(
                1, "tools/call", Map.of("name", "echo", "arguments", Map.of("text", "x".repeat(1_100_000))), "{}");

        assertThat(server.send(server.modern(TestServer.ALICE, message)).statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json-patch+json", "multipart/form-data"})
    void otherContentType_is415(String type) {
        var message = TestServer.message(1, "tools/list", Map.of(), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message).setHeader("Content-Type", type));

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "PUT", "HEAD"})
    void otherMethodWithoutSession_is405(String method) {
        var request = server.request(TestServer.ALICE)
                .header("Last-Event-ID", "1")
                .method(method, HttpRequest.BodyPublishers.noBody());

        var response = server.send(request);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void sessionId_isIgnoredAndNotEchoed() {
        var message = TestServer.message(1, "tools/list", Map.of(), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message).header("Mcp-Session-Id", "x"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void notification_is202WithoutBody() {
        var request = server.request(TestServer.ALICE)
                .header("MCP-Protocol-Version", "2026-07-28")
                .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}"));

        var response = server.send(request);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void withoutToken_is401WithChallenge(String method) {
        var request = HttpRequest.newBuilder(server.address())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody());

        var response = server.send(request);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("resource_metadata=")
                .doesNotContain("error=");
    }

    @Test
    void missingScope_is403AndNamesAllScopes() {
        var message = TestServer.message(1, "tools/call", Map.of("name", "mail_send"), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_scope")
                .contains("scope=\"mail:send\"");
    }

    @Test
    void progressToken_bringsAStreamThatOnlyGoesUp() {
        var message = TestServer.message(9, "tools/call", Map.of("name", "steps"), "{}");
        message.withObject("/params/_meta").put("progressToken", "p");

        var response = server.send(server.modern(TestServer.ALICE, message));

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        var events = TestServer.events(response.body());
        assertThat(events).hasSize(3);
        assertThat(events.get(0).path("params").path("progress").doubleValue()).isEqualTo(1);
        assertThat(events.get(1).path("params").path("message").stringValue()).isEqualTo("whole");
        assertThat(events.get(2).path("id").intValue()).isEqualTo(9);
    }

    @Test
    void withoutProgressToken_noStreamIsOpened() {
        var message = TestServer.message(9, "tools/call", Map.of("name", "steps"), "{}");

        var response = server.send(server.modern(TestServer.ALICE, message));

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void unexpectedFailure_tellsNothingOfItsCause() {
        var response = server.send(
                server.modern(TestServer.ALICE, TestServer.message(9, "tools/call", Map.of("name", "broken"), "{}")));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret-detail").contains("-32603");
    }

    @Test
    void clientThatLeaves_interruptsItsCall() throws Exception {
        var message = TestServer.message(9, "tools/call", Map.of("name", "waits"), "{}");
        var response = server.client()
                .sendAsync(server.modern(TestServer.ALICE, message).build(), BodyHandlers.ofInputStream());
        waits.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .body()
                .close(); // the stream opened by itself: the call takes long

        assertThat(ended.get(NOTICED.toSeconds(), TimeUnit.SECONDS)).isEqualTo("cancelled");
    }
}
