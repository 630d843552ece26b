package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The resources and prompts of a person. MCP 2026-07-28, server/resources, server/prompts and completion. */
final class PersonalTest {
    private static final String SUBJECTS = "\"content\":[{\"type\":\"text\",\"text\":\"3\"}],\"structuredContent\":"
            + "{\"messages\":[{\"subject\":\"Offer\"},{\"subject\":\"Invoice\"},{\"subject\":\"Offer\"}]}";

    @TempDir
    private Path folder;

    private final List<String> calls = new ArrayList<>();
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        var tools = new ToolRegistry(List.of(
                tool("calendar_list_events", "calendar:read", FixtureTool.text("two events")),
                tool("mail_get_thread", "mail:read", ToolJson.failure("No thread with this id.")),
                tool("mail_search", "mail:read", new Answer.Result(SUBJECTS))));
        LocalDate today = LocalDate.of(2026, 11, 25);
        var resources = new PersonalResources(tools, principal -> today).all();
        var prompts = new PersonalPrompts(tools, principal -> today).all();
        server = new TestServer(
                folder,
                new Catalog(
                        tools,
                        new ResourceRegistry(resources),
                        new PromptRegistry(prompts),
                        new ResourceChanges(),
                        Tasks.NONE));
    }

    private FixtureTool tool(String name, String scope, Answer answer) {
        var shown = FixtureTool.needing(scope, name);
        return new FixtureTool(name, Set.of(scope), shown.definition(), request -> {
            calls.add(request.principal().userId() + " " + name + " " + request.arguments());
            return answer;
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode call(String method, Map<String, ?> params) {
        return server.call("alice/app/calendar:read.mail:read", method, params, "{}");
    }

    @Test
    void agenda_isACallOfTheToolForToday() {
        var result = call("resources/read", Map.of("uri", "countersign://agenda/today"))
                .path("result");

        var content = result.path("contents").path(0);
        assertThat(content.path("uri").stringValue()).isEqualTo("countersign://agenda/today");
        assertThat(content.path("text").stringValue()).isEqualTo("{\"words\":\"two events\"}");
        assertThat(result.path("cacheScope").stringValue()).isEqualTo("private");
        assertThat(calls)
                .containsExactly(
                        "alice calendar_list_events {\"from\":\"2026-11-25\",\"until\":\"2026-11-25\",\"limit\":100}");
    }

    @Test
    void readWithoutTheToolsScope_isRefusedBeforeTheTool() {
        var message = TestServer.message(1, "resources/read", Map.of("uri", "countersign://agenda/today"), "{}");
        var response = server.send(server.modern("alice/app/mail:read", message));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("calendar:read");
        assertThat(calls).isEmpty();
    }

    @Test
    void thread_takesAccountAndIdOutOfTheAddress() {
        var error = call("resources/read", Map.of("uri", "countersign://mail/work/a%2Fb+c"))
                .path("error");

        assertThat(calls).containsExactly("alice mail_get_thread {\"threadId\":\"a/b+c\",\"account\":\"work\"}");
        assertThat(error.path("message").stringValue()).isEqualTo("No thread with this id.");
    }

    @Test
    void lists_nameWhatThereIs() {
        assertThat(call("resources/list", Map.of()).path("result").path("resources"))
                .hasSize(1);
        assertThat(call("resources/templates/list", Map.of()).path("result").path("resourceTemplates"))
                .hasSize(1);
        assertThat(call("prompts/list", Map.of())
                        .path("result")
                        .path("prompts")
                        .valueStream()
                        .map(prompt -> prompt.path("name").stringValue()))
                .containsExactly("plan_my_day", "draft_reply");
    }

    @Test
    void promptWithoutARequiredArgument_isInvalidParams() {
        var error = call("prompts/get", Map.of("name", "draft_reply")).path("error");

        assertThat(error.path("code").intValue()).isEqualTo(-32602);
        assertThat(error.path("message").stringValue()).contains("'about'");
    }

    @Test
    void prompt_saysWhatIsWanted() {
        var params = Map.of("name", "plan_my_day", "arguments", Map.of("day", "2026-12-01"));
        var message =
                call("prompts/get", params).path("result").path("messages").path(0);

        assertThat(message.path("role").stringValue()).isEqualTo("user");
        assertThat(message.path("content").path("text").stringValue()).contains("2026-12-01");
        assertThat(calls).as("a prompt does not act").isEmpty();
    }

    @Test
    void completion_offersDaysAndSubjects() {
        assertThat(completion("plan_my_day", "day", "2026-12"))
                .as("of the next seven days")
                .isEqualTo("[\"2026-12-01\"]");
        assertThat(completion("draft_reply", "about", "")).isEqualTo("[\"Offer\",\"Invoice\"]");
        assertThat(completion("draft_reply", "tone", "fr")).isEqualTo("[\"friendly\"]");
        assertThat(calls).containsExactly("alice mail_search {\"limit\":20}");
    }

    private String completion(String prompt, String argument, String begun) {
        var params = Map.of(
                "ref", Map.of("type", "ref/prompt", "name", prompt),
                "argument", Map.of("name", argument, "value", begun));
        return call(Completion.METHOD, params)
                .path("result")
                .path("completion")
                .path("values")
                .toString();
    }
}
