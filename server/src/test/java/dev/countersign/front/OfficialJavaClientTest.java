package dev.countersign.front;

import static dev.countersign.front.CountersignServer.ALICE;
import static dev.countersign.front.CountersignServer.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java SDK's client, which speaks 2025-11-25, attached to the whole server. */
class OfficialJavaClientTest {
    private static CountersignServer server;
    private static AttachedApp app;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = CountersignServer.demo(home);
        app = server.attach(ALICE, "Java client");
        try (var alice = server.surfer(ALICE)) {
            alice.link();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static McpSyncClient client(boolean form, boolean url, Function<ElicitRequest, ElicitResult> answers) {
        var capabilities = ClientCapabilities.builder();
        return app.legacy((form || url ? capabilities.elicitation(form, url) : capabilities).build(), answers);
    }

    private static ElicitResult answer(ElicitResult.Action action) {
        return ElicitResult.builder(action).build();
    }

    private static ElicitResult unasked(ElicitRequest request) {
        throw new AssertionError("nobody should be asked: " + request);
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> structured(CallToolResult result) {
        return (Map<String, Object>) result.structuredContent();
    }

    private static List<?> events(CallToolResult result) {
        return (List<?>) structured(result).get("events");
    }

    /** The page that error -32042 names. */
    @SuppressWarnings("unchecked")
    private static URI pageOf(McpSyncClient client, String tool, Map<String, Object> arguments) {
        var error = catchThrowableOfType(McpError.class, () -> call(client, tool, arguments));
        assertThat(error.getJsonRpcError().code()).isEqualTo(-32042);
        var data =
                (Map<String, List<Map<String, String>>>) error.getJsonRpcError().data();
        var asked = data.get("elicitations").getFirst();
        assertThat(asked).containsEntry("mode", "url").containsKeys("elicitationId", "message");
        return URI.create(asked.get("url"));
    }

    @Test
    void attachedClient_listsAndReadsTheCalendar() {
        try (var client = client(true, true, OfficialJavaClientTest::unasked)) {
            assertThat(client.getServerInfo().name()).isEqualTo("countersign");
            assertThat(client.getCurrentInitializationResult().protocolVersion())
                    .isEqualTo("2025-11-25");
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .contains("calendar_list_events", "mail_send", "accounts_list", "search", "fetch");

            var result = call(client, "calendar_list_events", Map.of("limit", 5));

            assertThat(result.isError()).isNotEqualTo(true);
            assertThat(events(result)).isNotEmpty();
            assertThat(text(result)).isNotBlank();
        }
    }

    @Test
    void undoableWrite_isAnsweredInTheClientsForm() {
        var asked = new CompletableFuture<ElicitRequest>();
        try (var client = client(true, true, request -> {
            asked.complete(request);
            return answer(ElicitResult.Action.ACCEPT);
        })) {
            var result = call(client, "calendar_create_event", Calls.event("Rehearsal"));

            assertThat(result.isError()).isNotEqualTo(true);
            assertThat(structured(result)).containsEntry("title", "Rehearsal");
        }
        assertThat(asked.join().message()).contains("Rehearsal").doesNotContain("://");
    }

    @Test
    void declinedForm_doesNothing() {
        try (var client = client(true, true, request -> answer(ElicitResult.Action.DECLINE))) {
            var result = call(client, "calendar_create_event", Calls.event("Never held"));

            assertThat(result.isError()).isTrue();
            var found = call(
                    client,
                    "calendar_search_events",
                    Map.of("text", "Never held", "from", "2027-03-01", "until", "2027-03-02"));
            assertThat(events(found)).isEmpty();
        }
    }

    @Test
    void send_isAskedByPage_andRunsOnceWhenApproved() {
        var mail = Calls.mail(BOB, "Java: by page");
        try (var client = client(true, true, OfficialJavaClientTest::unasked);
                var alice = server.surfer(ALICE)) {
            var page = pageOf(client, "mail_send", mail);
            assertThat(server.sandbox().sent(ALICE, "Java: by page")).isZero();

            alice.approve(page);
            var result = call(client, "mail_send", mail);

            assertThat(result.isError()).isNotEqualTo(true);
            assertThat(structured(result)).containsKey("messageId");
            assertThat(server.sandbox().sent(ALICE, "Java: by page")).isOne();
        }
    }

    @Test
    void clientWithFormsOnly_isToldThePage_andItsCallWaitsForTheDecision() {
        var subject = "Java: by form that names the page";
        try (var alice = server.surfer(ALICE);
                var client = client(true, false, request -> {
                    assertThat(request.message()).contains("/approvals/").doesNotContain("://");
                    alice.approve(server.page("/approvals/"
                            + request.message().split("/approvals/")[1].split("[.\\s]")[0]));
                    return answer(ElicitResult.Action.ACCEPT);
                })) {
            var result = call(client, "mail_send", Calls.mail(BOB, subject));

            assertThat(result.isError()).isNotEqualTo(true);
        }
        assertThat(server.sandbox().sent(ALICE, subject)).isOne();
    }

    @Test
    void clientThatCannotBeAsked_getsThePageInItsResult() {
        var mail = Calls.mail(BOB, "Java: cannot be asked");
        try (var client = client(false, false, OfficialJavaClientTest::unasked);
                var alice = server.surfer(ALICE)) {
            var asked = call(client, "mail_send", mail);
            assertThat(asked.isError()).isTrue();
            assertThat(asked.structuredContent()).isNull();
            assertThat(asked.meta()).containsEntry("dev.countersign/status", "confirmation_required");

            alice.approve(URI.create(asked.meta().get("dev.countersign/url").toString()));

            assertThat(call(client, "mail_send", mail).isError()).isNotEqualTo(true);
            assertThat(server.sandbox().sent(ALICE, "Java: cannot be asked")).isOne();
        }
    }

    @Test
    void missingConnection_isAskedByPage_andReadsWhenLinked() {
        var bobsApp = server.attach(BOB, "Java client");
        var capabilities = ClientCapabilities.builder().elicitation(true, true).build();
        try (var client = bobsApp.legacy(capabilities, OfficialJavaClientTest::unasked);
                var bob = server.surfer(BOB)) {
            var page = pageOf(client, "mail_search", Map.of("text", "Gate"));
            assertThat(page.getPath()).isEqualTo("/connect/sandbox");

            bob.link(page);
            var result = call(client, "mail_search", Map.of("text", "Gate"));

            assertThat(text(result)).contains("Gate 4");
        }
    }

    @Test
    void wrongArgument_isAResultThatTheModelCanCorrect() {
        try (var client = client(true, true, OfficialJavaClientTest::unasked)) {
            var misnamed = call(client, "calendar_list_events", Map.of("form", "2027-03-01"));
            assertThat(misnamed.isError()).isTrue();
            assertThat(text(misnamed)).contains("form");

            var malformed = call(client, "calendar_list_events", Map.of("from", "next monday"));
            assertThat(malformed.isError()).isTrue();
            assertThat(text(malformed)).contains("from").contains("2026-11-24");

            assertThat(call(client, "calendar_list_events", Map.of("from", "2027-03-01"))
                            .isError())
                    .isNotEqualTo(true);
        }
    }

    @Test
    void unknownAccount_listsThoseThereAre() {
        try (var client = client(true, true, OfficialJavaClientTest::unasked)) {
            var result = call(client, "calendar_list_events", Map.of("accounts", List.of("the other one")));

            assertThat(result.isError()).isTrue();
            assertThat(text(result)).contains(ALICE);
        }
    }

    @Test
    void providersFailure_isToldWithWhatToDoNext() {
        server.sandbox().fail(ALICE, "contacts-read", "429:7", 5);
        try (var client = client(true, true, OfficialJavaClientTest::unasked)) {
            var result = call(client, "contacts_search", Map.of("text", "Joana"));

            assertThat(result.isError()).isTrue();
            assertThat(text(result))
                    .containsPattern("[Ww]ait|[Tt]ry again|later")
                    .doesNotContain("Exception", "rate_limited");
        } finally {
            server.sandbox().clearFaults();
        }
    }
}
