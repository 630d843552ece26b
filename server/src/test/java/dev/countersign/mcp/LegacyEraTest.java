package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.countersign.approvals.Tier;
import dev.countersign.http.HttpServer;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.StateSealer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** MCP 2025-11-25, 2025-06-18 and 2025-03-26: basic/transports, basic/lifecycle, client/elicitation. */
class LegacyEraTest {
    /** Nothing here takes a second by itself; a machine under load may. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Answer.Ask LINK = new Answer.Ask(
            Optional.empty(), "", Tier.T2, "Connect a calendar.", URI.create("http://localhost:8484/connect/sandbox"));
    private static final Answer.Ask SEND = new Answer.Ask(
            Optional.of("abc"), "d", Tier.T2, "Send mail?", URI.create("http://localhost:8484/approvals/abc"));
    private static final Answer.Ask CREATE = new Answer.Ask(
            Optional.of("xyz"), "d", Tier.T1, "Create event?", URI.create("http://localhost:8484/approvals/xyz"));

    private final BlockingQueue<Optional<ToolRequest.Reply>> replies = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final CompletableFuture<String> waits = new CompletableFuture<>();
    private TestServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        var tools = new ToolRegistry(List.of(
                new FixtureTool(
                        "echo", r -> FixtureTool.text(r.arguments().path("text").stringValue(""))),
                FixtureTool.needing("mail:send", "mail_send"),
                asking("link", LINK),
                asking("send", SEND),
                asking("create", CREATE),
                new FixtureTool("steps", r -> {
                    r.progress().report(1, 2, "half");
                    r.progress().report(2, 2, "whole");
                    return FixtureTool.text("done");
                }),
                new FixtureTool("waits", this::waits)));
        server = new TestServer(tools, new StateSealer(KeyRing.open(folder.resolve("keys"))), Duration.ofMinutes(30));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FixtureTool asking(String name, Answer.Ask ask) {
        return new FixtureTool(name, request -> {
            replies.add(request.reply());
            return request.reply()
                    .map(reply -> reply.action() == Action.ACCEPT
                            ? FixtureTool.text("done")
                            : (Answer) ToolJson.failure("The person declined."))
                    .orElse(ask);
        });
    }

    private Answer waits(ToolRequest request) {
        waits.complete("began");
        try {
            Thread.sleep(PATIENCE.multipliedBy(2)); // only an interrupt ends it sooner
            ended.complete("slept");
            return FixtureTool.text("slept");
        } catch (InterruptedException e) {
            ended.complete(request.running().cancelled() ? "cancelled" : "interrupted");
            throw new CallEndedException();
        }
    }

    private McpSyncClient client(
            McpSchema.ClientCapabilities capabilities, Function<McpSchema.ElicitRequest, ElicitResult> answers) {
        var transport = HttpClientStreamableHttpTransport.builder("http://localhost:" + server.port())
                .endpoint("/mcp")
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + TestServer.ALICE))
                .build();
        var builder = McpClient.sync(transport)
                .requestTimeout(PATIENCE)
                .initializationTimeout(PATIENCE)
                .capabilities(capabilities);
        var client = capabilities.elicitation() == null
                ? builder.build()
                : builder.elicitation(answers::apply)
                        .urlElicitation(answers::apply)
                        .build();
        client.initialize();
        return client;
    }

    private static McpSchema.ClientCapabilities nothing() {
        return McpSchema.ClientCapabilities.builder().build();
    }

    private static McpSchema.ClientCapabilities takes(boolean form, boolean url) {
        return McpSchema.ClientCapabilities.builder().elicitation(form, url).build();
    }

    private static CallToolRequest call(String tool) {
        return CallToolRequest.builder(tool).arguments(Map.of("text", "hé")).build();
    }

    private static String text(McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().getFirst()).text();
    }

    @Test
    void officialClient_listsAndCalls() {
        try (var client = client(
                nothing(),
                request -> ElicitResult.builder(ElicitResult.Action.CANCEL).build())) {
            assertThat(client.getServerInfo().name()).isEqualTo("countersign");
            assertThat(client.getServerCapabilities().logging()).isNull();
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("echo", "send");

            var result = client.callTool(call("echo"));

            assertThat(text(result)).isEqualTo("hé");
            assertThat(result.structuredContent()).isEqualTo(Map.of("words", "hé"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "send", "create"})
    void clientThatCannotBeAsked_getsThePageInTheResult(String tool) {
        try (var client = client(
                nothing(),
                request -> ElicitResult.builder(ElicitResult.Action.CANCEL).build())) {
            var result = client.callTool(call(tool));

            assertThat(result.isError()).isTrue();
            assertThat(result.structuredContent()).isNull();
            assertThat(text(result)).contains("http://localhost:8484/");
            assertThat(result.meta()).containsKeys("dev.countersign/status", "dev.countersign/url");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "send"})
    void clientThatTakesPages_getsUrlElicitationRequired_andItsRepeatWaits(String tool) throws Exception {
        try (var client = client(
                takes(true, true),
                request -> ElicitResult.builder(ElicitResult.Action.CANCEL).build())) {
            var error = catchThrowableOfType(McpError.class, () -> client.callTool(call(tool)));

            assertThat(error.getJsonRpcError().code()).isEqualTo(-32042);
            assertThat(error.getJsonRpcError().data().toString())
                    .contains("mode=url", "elicitationId=", "http://localhost:8484/");

            assertThat(text(client.callTool(call(tool)))).isEqualTo("done");
            assertThat(List.copyOf(replies)).hasSize(3);
            assertThat(replies.poll(1, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void formOfClientThatTakesBoth_decidesT1() {
        var asked = new CompletableFuture<McpSchema.ElicitRequest>();
        try (var client = client(takes(true, true), request -> {
            asked.complete(request);
            return ElicitResult.builder(ElicitResult.Action.ACCEPT).build();
        })) {
            assertThat(text(client.callTool(call("create")))).isEqualTo("done");
        }
        assertThat(asked.join().message()).isEqualTo("Create event?");
        assertThat(replies.stream().flatMap(Optional::stream))
                .containsExactly(new ToolRequest.Reply(Optional.of("xyz"), "d", true, Action.ACCEPT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "send"})
    void formOfClientThatTakesNoPages_namesThePageWithoutALink(String tool) {
        var asked = new CompletableFuture<McpSchema.ElicitRequest>();
        try (var client = client(takes(true, false), request -> {
            asked.complete(request);
            return ElicitResult.builder(ElicitResult.Action.ACCEPT).build();
        })) {
            assertThat(text(client.callTool(call(tool)))).isEqualTo("done");
        }
        assertThat(asked.join().message()).contains("localhost:8484/").doesNotContain("://");
        assertThat(replies.stream().flatMap(Optional::stream).map(ToolRequest.Reply::inForm))
                .containsExactly(false);
    }

    @Test
    void declinedForm_endsTheCall() {
        try (var client = client(
                takes(true, false),
                request -> ElicitResult.builder(ElicitResult.Action.DECLINE).build())) {
            var result = client.callTool(call("create"));

            assertThat(result.isError()).isTrue();
            assertThat(text(result)).isEqualTo("The person declined.");
        }
    }

    private HttpResponse<String> post(String token, Optional<String> session, String body) {
        var request = server.request(token).POST(HttpRequest.BodyPublishers.ofString(body));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id));
        return server.send(request);
    }

    private String initialize(String token, String version, String capabilities) {
        var response = post(token, Optional.empty(), """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s","capabilities":%s,
            "clientInfo":{"name":"t","version":"1"}}}\
            """.formatted(version, capabilities));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    /** An initialize request that the schema of 2025-11-25 does not allow. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"parans\":{\"protocolVersion\":\"2025-11-25\"}",
                ",\"params\":{}",
                ",\"params\":{\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":1,\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":null,\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":5,\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":5},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{\"listChanged\":[]}},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":[]},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":{\"form\":\"x\"}},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":\"t\"}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\"}}",
                ",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":{},\"version\":\"1\"}}"
            })
    void initializeThatTheSchemaDoesNotAllow_isRefused_andBeginsNoSession(String params) {
        var response = post(
                TestServer.ALICE,
                Optional.empty(),
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\"" + params + "}");
        assertThat(response.statusCode()).isEqualTo(400);
        var error = TestServer.json(response).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(JsonRpc.INVALID_PARAMS);
        assertThat(error.path("message").asString()).startsWith("'");
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
    }

    @Test
    void whatTheSdkRefuses_isAnErrorOfJsonRpc_andSaysNothingOfOurCode() {
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");
        var response = server.send(server.request(TestServer.ALICE)
                .setHeader("Accept", "application/json")
                .header("Mcp-Session-Id", session)
                .POST(HttpRequest.BodyPublishers.ofString(toolCall(1, "echo"))));
        assertThat(response.statusCode()).isEqualTo(400);
        var body = TestServer.json(response);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("jsonrpc", "error");
        assertThat(body.path("error").propertyNames()).containsExactlyInAnyOrder("code", "message");
        assertThat(body.path("error").path("message").asString()).containsIgnoringCase("accept");
    }

    @Test
    void whatBreaksInTheSdk_isNamedByAnIdOnly() {
        var body = LegacyEra.JSON.readTree(
                LegacyEra.JSON.writeValueAsString(new IllegalStateException("what nobody may read")));
        assertThat(body.path("error").path("message").asString())
                .startsWith("Something went wrong on our side.")
                .doesNotContain("nobody");
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("jsonrpc", "error");
    }

    private static String toolCall(int id, String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{}}}"
                .formatted(id, tool);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
    void olderRevisions_areSpoken(String version) {
        var session = Optional.of(initialize(TestServer.ALICE, version, "{}"));

        var response = post(TestServer.ALICE, session, toolCall(4, "echo"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(response).path("id").intValue()).isEqualTo(4);
        assertThat(TestServer.json(response).path("result").has("resultType")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", "2025-03-26"})
    void revisionThatKnowsNoPages_isNotSentToOne(String version) {
        var session = Optional.of(initialize(TestServer.ALICE, version, "{\"elicitation\":{\"url\":{}}}"));

        var response = post(TestServer.ALICE, session, toolCall(4, "send"));

        assertThat(TestServer.json(response).path("result").path("isError").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob/app/calendar:read", "alice/other/calendar:read"})
    void sessionOfAnotherPersonOrClient_doesNotExist(String thief) {
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");

        assertThat(post(thief, Optional.of(session), toolCall(1, "echo")).statusCode())
                .isEqualTo(404);
        assertThat(post(thief, Optional.of(session), "{\"jsonrpc\":\"2.0\",\"id\":\"x-0\",\"result\":{}}")
                        .statusCode())
                .isEqualTo(404);
        for (var method : List.of("GET", "DELETE")) {
            var request = server.request(thief)
                    .header("Mcp-Session-Id", session)
                    .method(method, HttpRequest.BodyPublishers.noBody());
            assertThat(server.send(request).statusCode()).isEqualTo(404);
        }
        assertThat(post(TestServer.ALICE, Optional.of(session), toolCall(1, "echo"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void deletedSession_isGone() {
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");
        var delete = server.request(TestServer.ALICE)
                .header("Mcp-Session-Id", session)
                .DELETE();

        assertThat(server.send(delete).statusCode()).isEqualTo(200);
        assertThat(post(TestServer.ALICE, Optional.of(session), toolCall(1, "echo"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void missingScope_is403BeforeTheStreamBegins() {
        var session = Optional.of(initialize(TestServer.ALICE, "2025-11-25", "{}"));

        var response = post(TestServer.ALICE, session, toolCall(1, "mail_send"));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("mail:send");
    }

    @Test
    void withoutToken_is401() {
        var request = HttpRequest.newBuilder(server.address())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}"));

        assertThat(server.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void batch_isRefused() {
        var session = Optional.of(initialize(TestServer.ALICE, "2025-03-26", "{}"));

        assertThat(post(TestServer.ALICE, session, "[" + toolCall(1, "echo") + "]")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void cancelledNotification_interruptsTheCallThatItNames() throws Exception {
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");
        var running = CompletableFuture.supplyAsync(
                () -> post(TestServer.ALICE, Optional.of(session), toolCall(77, "waits")));
        waits.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        var cancelled = post(
                TestServer.ALICE,
                Optional.of(session),
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":77}}");

        assertThat(cancelled.statusCode()).isEqualTo(202);
        assertThat(ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("cancelled");
        assertThat(running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body()).doesNotContain("\"id\":77");
    }

    @Test
    void progressToken_bringsNotificationsBeforeTheResult() {
        var session = Optional.of(initialize(TestServer.ALICE, "2025-11-25", "{}"));

        var response = post(
                TestServer.ALICE,
                session,
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"steps\",\"_meta\":{\"progressToken\":\"p\"}}}");

        assertThat(TestServer.events(response.body())).hasSize(3);
    }

    @Test
    void unknownMethod_isMethodNotFound() {
        var session = Optional.of(initialize(TestServer.ALICE, "2025-11-25", "{}"));

        var response = post(TestServer.ALICE, session, "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"prompts/list\"}");

        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(-32601);
    }

    @Test
    void tooManySessions_forgetTheOldest() {
        var first = initialize(TestServer.ALICE, "2025-11-25", "{}");
        var second = initialize(TestServer.ALICE, "2025-11-25", "{}");
        for (int i = 0; i < 31; i++) {
            initialize(TestServer.ALICE, "2025-11-25", "{}");
        }

        assertThat(post(TestServer.ALICE, Optional.of(first), toolCall(1, "echo"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(TestServer.ALICE, Optional.of(second), toolCall(1, "echo"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void idleSession_isSwept(@TempDir Path folder) throws Exception {
        server.close();
        server = new TestServer(
                new ToolRegistry(List.of(new FixtureTool("echo", r -> FixtureTool.text("x")))),
                new StateSealer(KeyRing.open(folder.resolve("keys"))),
                Duration.ofMillis(200));
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");

        int status = 200;
        for (int i = 0; i < 240 && status != 404; i++) {
            TimeUnit.MILLISECONDS.sleep(500); // longer than two sweeps: idle is what is tested
            status = post(TestServer.ALICE, Optional.of(session), toolCall(1, "echo"))
                    .statusCode();
        }

        assertThat(status).isEqualTo(404);
    }

    @Test
    @Timeout(60)
    void grantThatEnds_endsItsListeningStream() throws Exception {
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");
        var stream = listen(session);
        assertThat(stream.statusCode()).isEqualTo(200);

        server.revoke(TestServer.ALICE);

        try (var body = stream.body()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).doesNotContain("data:");
        }
    }

    private HttpResponse<InputStream> listen(String session) {
        return server.client()
                .sendAsync(
                        server.request(TestServer.ALICE)
                                .header("Mcp-Session-Id", session)
                                .GET()
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .join();
    }

    @Test
    void listeningStream_doesNotHoldTheServerBack() {
        var session = initialize(TestServer.ALICE, "2025-11-25", "{}");
        var stream = listen(session);
        assertThat(stream.statusCode()).isEqualTo(200);
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var log = (Logger) LoggerFactory.getLogger(HttpServer.class);
        log.addAppender(said);

        server.stopServing();

        log.detachAppender(said);
        assertThat(said.list).as("that requests were cut off").isEmpty();
    }
}
