package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.approvals.Tier;
import dev.countersign.mcp.ToolRequest.Action;
import dev.countersign.mcp.ToolRequest.Reply;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.StateSealer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** MCP 2026-07-28, basic/patterns/mrtr and client/elicitation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiRoundTripTest {
    private static final URI PAGE = URI.create("http://localhost:8484/approvals/abc");
    private static final Answer.Ask LINK = new Answer.Ask(
            Optional.empty(), "", Tier.T2, "Connect a calendar.", URI.create("http://localhost:8484/connect/sandbox"));
    private static final Answer.Ask SEND = new Answer.Ask(Optional.of("abc"), "d1", Tier.T2, "Send mail?", PAGE);
    private static final Answer.Ask CREATE = new Answer.Ask(Optional.of("xyz"), "d2", Tier.T1, "Create event?", PAGE);

    private final BlockingQueue<Optional<Reply>> replies = new LinkedBlockingQueue<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T09:00:00Z"));
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var tools = new ToolRegistry(
                List.of(asking("link", LINK), asking("send", SEND), asking("send2", SEND), asking("create", CREATE)));
        server = new TestServer(
                tools, new StateSealer(KeyRing.open(folder.resolve("keys")), new TestClock()), Duration.ofMinutes(30));
    }

    private final class TestClock extends Clock {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        replies.clear();
    }

    private FixtureTool asking(String name, Answer.Ask ask) {
        return new FixtureTool(name, request -> {
            replies.add(request.reply());
            return request.reply().isPresent() ? FixtureTool.text("repeated") : ask;
        });
    }

    private JsonNode call(String token, String tool, Map<String, ?> more, String capabilities) {
        var params = new HashMap<String, Object>(more);
        params.put("name", tool);
        params.putIfAbsent("arguments", Map.of("a", 1));
        return server.call(token, "tools/call", params, capabilities);
    }

    private String state(String tool, String capabilities) {
        return call(TestServer.ALICE, tool, Map.of(), capabilities)
                .path("result")
                .path("requestState")
                .stringValue();
    }

    private static Map<String, ?> repeat(String state, String action) {
        return Map.of("requestState", state, "inputResponses", Map.of("countersign", Map.of("action", action)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "link   | {\"elicitation\":{\"url\":{}}}             | url",
                "send   | {\"elicitation\":{\"url\":{}}}             | url",
                "create | {\"elicitation\":{\"url\":{}}}             | url",
                "link   | {\"elicitation\":{\"form\":{},\"url\":{}}} | url",
                "send   | {\"elicitation\":{\"form\":{},\"url\":{}}} | url",
                "create | {\"elicitation\":{\"form\":{},\"url\":{}}} | form",
                "link   | {\"elicitation\":{\"form\":{}}}            | names page",
                "send   | {\"elicitation\":{\"form\":{}}}            | names page",
                "send   | {\"elicitation\":{}}                       | names page",
                "create | {\"elicitation\":{}}                       | form",
                "link   | {}                                         | neither",
                "send   | {\"sampling\":{}}                          | neither",
                "create | {}                                         | neither",
            })
    void question_isPutInTheStrongestFormThatTheClientTakes(String tool, String capabilities, String form) {
        var result = call(TestServer.ALICE, tool, Map.of(), capabilities).path("result");
        var asked = result.path("inputRequests").path("countersign");
        var params = asked.path("params");

        if (form.equals("neither")) {
            assertThat(result.path("resultType").stringValue()).isEqualTo("complete");
            assertThat(result.path("isError").booleanValue()).isTrue();
            assertThat(result.has("structuredContent")).isFalse();
            assertThat(result.path("content").path(0).path("text").stringValue())
                    .contains("http://localhost:8484/");
            assertThat(result.path("_meta").path("dev.countersign/url").stringValue())
                    .startsWith("http://localhost:8484/");
            return;
        }
        assertThat(result.path("resultType").stringValue()).isEqualTo("input_required");
        assertThat(result.has("ttlMs")).isFalse();
        assertThat(asked.path("method").stringValue()).isEqualTo("elicitation/create");
        assertThat(params.path("mode").stringValue()).isEqualTo(form.equals("url") ? "url" : "form");
        switch (form) {
            case "url" -> assertThat(params.path("url").stringValue()).startsWith("http://localhost:8484/");
            case "form" -> assertThat(params.path("message").stringValue()).isEqualTo(CREATE.message());
            default ->
                assertThat(params.path("message").stringValue())
                        .contains("localhost:8484/")
                        .doesNotContain("://");
        }
    }

    @Test
    void repeat_bringsTheAnswerToTheSameQuestion() {
        var pages = "{\"elicitation\":{\"url\":{}}}";
        for (var action : List.of("accept", "decline", "cancel")) {
            call(TestServer.ALICE, "send", repeat(state("send", pages), action), pages);
        }
        call(TestServer.ALICE, "create", repeat(state("create", "{\"elicitation\":{}}"), "accept"), pages);

        assertThat(replies.stream().flatMap(Optional::stream))
                .containsExactly(
                        new Reply(Optional.of("abc"), "d1", false, Action.ACCEPT),
                        new Reply(Optional.of("abc"), "d1", false, Action.DECLINE),
                        new Reply(Optional.of("abc"), "d1", false, Action.CANCEL),
                        new Reply(Optional.of("xyz"), "d2", true, Action.ACCEPT));
    }

    @Test
    void repeatWithoutTheAnswer_isAskedAgain() {
        var pages = "{\"elicitation\":{\"url\":{}}}";
        var state = state("send", pages);

        var without = call(TestServer.ALICE, "send", Map.of("requestState", state), pages);
        var other = call(
                TestServer.ALICE,
                "send",
                Map.of("requestState", state, "inputResponses", Map.of("other", Map.of("action", "accept"))),
                pages);

        assertThat(without.path("result").path("resultType").stringValue()).isEqualTo("input_required");
        assertThat(other.path("result").path("resultType").stringValue()).isEqualTo("input_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "ACCEPT", ""})
    void unknownAction_isInvalidParams(String action) {
        var answer = call(TestServer.ALICE, "send", repeat(state("send", "{\"elicitation\":{}}"), action), "{}");

        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32602);
    }

    private void assertRefused(String token, String tool, Map<String, ?> more) {
        replies.clear();
        var answer = call(token, tool, more, "{}");
        assertThat(answer.path("error").path("code").intValue()).isEqualTo(-32602);
        assertThat(replies).as("the tool was not entered").isEmpty();
    }

    @Test
    void everyChangedByteOfTheState_isRefused() {
        var state = state("send", "{\"elicitation\":{\"url\":{}}}");
        for (int i = 0; i < state.length(); i++) {
            char other = state.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(
                    TestServer.ALICE, "send", repeat(state.substring(0, i) + other + state.substring(i + 1), "accept"));
        }
        assertRefused(TestServer.ALICE, "send", repeat(state.substring(0, state.length() - 1), "accept"));
        assertRefused(TestServer.ALICE, "send", repeat(state + "A", "accept"));
        assertRefused(TestServer.ALICE, "send", repeat("", "accept"));
    }

    @Test
    void stateOfAnotherCall_isRefused() {
        var state = state("send", "{\"elicitation\":{\"url\":{}}}");
        var accept = repeat(state, "accept");

        assertRefused("bob/app/calendar:read", "send", accept);
        assertRefused("alice/other/calendar:read", "send", accept);
        assertRefused(TestServer.ALICE, "send2", accept);
        var changed = new HashMap<String, Object>(accept);
        changed.put("arguments", Map.of("a", 2));
        assertRefused(TestServer.ALICE, "send", changed);
    }

    @Test
    void stateOlderThanHalfAnHour_isRefused() {
        var state = state("send", "{\"elicitation\":{\"url\":{}}}");
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(31)));

        assertRefused(TestServer.ALICE, "send", repeat(state, "accept"));
    }

    @Test
    void state_showsNothing() {
        var state = state("send", "{\"elicitation\":{\"url\":{}}}");

        var decoded = new String(
                java.util.Base64.getUrlDecoder().decode(state.substring(state.lastIndexOf('.') + 1)),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(decoded).doesNotContain("abc", "alice", "d1");
    }
}
