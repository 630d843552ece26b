package dev.countersign.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ModernClient;
import dev.countersign.client.ModernClient.Answer;
import dev.countersign.front.AttachedApp;
import dev.countersign.front.Await;
import dev.countersign.front.CountersignServer;
import dev.countersign.front.Surfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A person at work: a client that calls tools for them, and a browser in which they decide. */
final class Desk implements AutoCloseable {
    private static final List<String> SCOPES = List.of(
            "calendar:read", "calendar:write", "mail:read", "mail:write", "mail:send", "contacts:read", "files:read");

    private final ModernClient client;
    private final Surfer surfer;

    private Desk(ModernClient client, Surfer surfer) {
        this.client = client;
        this.surfer = surfer;
    }

    /** Signs the person in, and attaches a client that can be asked by form and by page. */
    static Desk of(CountersignServer server, String person) {
        var app = AttachedApp.attach(server.mcp(), person, CountersignServer.PASSWORD, "Assistant", SCOPES);
        return new Desk(app.modern(AttachedApp.PAGES_AND_FORMS), server.surfer(person));
    }

    Surfer surfer() {
        return surfer;
    }

    List<String> tools() {
        return client.listTools()
                .result()
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString())
                .toList();
    }

    /** What a call gives that nobody is asked about. */
    JsonNode get(String tool, Map<String, ?> arguments) {
        return succeeded(tool, client.callTool(tool, arguments));
    }

    /** The items of a list that a call gives. */
    List<JsonNode> list(String tool, String list, Map<String, ?> arguments) {
        return get(tool, arguments).path(list).valueStream().toList();
    }

    /** The items of all pages. */
    List<JsonNode> pages(String tool, String list, Map<String, ?> arguments) {
        var all = new ArrayList<JsonNode>();
        var more = new LinkedHashMap<String, Object>(arguments);
        for (var cursor = Optional.of(""); cursor.isPresent(); ) {
            var page = get(tool, more);
            page.path(list).forEach(all::add);
            cursor = Optional.of(page.path("nextCursor").asString("")).filter(text -> !text.isEmpty());
            cursor.ifPresent(next -> more.put("cursor", next));
        }
        return all;
    }

    /** What a call says that fails. */
    String failure(String tool, Map<String, ?> arguments) {
        var answer = client.callTool(tool, arguments);
        assertThat(answer.isError()).as(tool + ": " + answer.text()).isTrue();
        assertThat(answer.text()).doesNotContain("Exception");
        return answer.text();
    }

    /** Calls, is asked, says yes and gives what was done. */
    JsonNode done(String tool, Map<String, ?> arguments) {
        var asked = ask(tool, arguments);
        asked.page().ifPresent(surfer::approve);
        return succeeded(tool, outcome(tool, arguments, asked));
    }

    /** The same for what is asked on our own page, and nowhere else. */
    JsonNode approved(String tool, Map<String, ?> arguments) {
        var asked = ask(tool, arguments);
        surfer.approve(asked.page().orElseThrow(() -> new AssertionError(tool + " was not asked on a page")));
        return succeeded(tool, outcome(tool, arguments, asked));
    }

    /** Calls and is asked. */
    Answer ask(String tool, Map<String, ?> arguments) {
        var asked = client.callTool(tool, arguments);
        assertThat(asked.asksForInput()).as(tool + " asks; " + asked.message()).isTrue();
        return asked;
    }

    /** Repeats a call that was answered, until it is said what became of it. */
    Answer outcome(String tool, Map<String, ?> arguments, Answer asked) {
        var first = client.repeatTool(tool, arguments, asked, "accept", Map.of());
        return waits(first)
                ? Await.found(
                        "the outcome of " + tool,
                        () -> Optional.of(client.callTool(tool, arguments)).filter(answer -> !waits(answer)))
                : first;
    }

    private static boolean waits(Answer answer) {
        return answer.message()
                .path("result")
                .path("_meta")
                .path("dev.countersign/status")
                .asString("")
                .equals("confirmation_required");
    }

    private static JsonNode succeeded(String tool, Answer answer) {
        assertThat(answer.isError()).as(tool + ": " + answer.text()).isFalse();
        assertThat(answer.asksForInput())
                .as(tool + " asks: " + answer.message())
                .isFalse();
        return answer.structured();
    }

    @Override
    public void close() {
        surfer.close();
        client.close();
    }
}
