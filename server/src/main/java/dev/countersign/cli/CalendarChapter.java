package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import dev.countersign.client.LegacyClient;
import dev.countersign.client.ModernClient.Answer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An account is linked on the way to the first answer. */
final class CalendarChapter {
    private static final String TOOL = "calendar_list_events";

    /** Seeded for tomorrow. */
    private static final String EVENT = "Atlas design review";

    private final Scene scene;
    private final Kept<LegacyClient> legacy;
    private final Kept<Answer> asked = new Kept<>();
    private final Kept<List<String>> titles = new Kept<>();

    CalendarChapter(Scene scene, Kept<LegacyClient> legacy) {
        this.scene = scene;
        this.legacy = legacy;
    }

    Chapter chapter() {
        return new Chapter(
                "A calendar is linked and read",
                List.of(
                        new Step(
                                "The client asks for Alice's week; no account is linked, so she is sent to a page",
                                this::ask),
                        new Step("Alice opens it, presses Connect, signs in at the provider and allows it", this::link),
                        new Step("The same call again gives her events", this::read),
                        new Step("The client of 2025-11-25 reads the same events", this::readInOldRevision)));
    }

    private String ask() {
        var answer = asked.put(scene.assistant().call(TOOL, Map.of()));
        return Assistant.linkPage(answer)
                .orElseThrow(() -> new Unmet(
                        "a question with the address of the page to link an account",
                        answer.asksForInput() ? answer.message().toString() : answer.text()))
                .getPath();
    }

    private String link() {
        scene.alice().link(Assistant.linkPage(asked.get()).orElseThrow());
        var page = scene.alice().open("/connections").text();
        Unmet.unless(page.contains(scene.alice().email()), "the account among her connections", Tour.shortened(page));
        return "linked " + scene.alice().email();
    }

    private String read() {
        var answer = scene.assistant().again(TOOL, Map.of(), asked.get());
        Unmet.unless(!answer.isError(), "her events", answer.text());
        return told(titles.put(titles(answer.structured())));
    }

    private String readInOldRevision() {
        return switch (legacy.get().callTool(TOOL, Map.of())) {
            case LegacyClient.Reply.Result result -> {
                Unmet.unless(!result.isError(), "her events", result.text());
                var read = titles(result.structured());
                Unmet.unless(read.equals(titles.get()), "the events " + titles.get(), read.toString());
                yield told(read);
            }
            case LegacyClient.Reply.PageRequired page ->
                throw new Unmet("her events", "the page " + page.page() + ", " + page.message());
        };
    }

    private static List<String> titles(JsonNode events) {
        return events.path("events")
                .valueStream()
                .map(event -> event.path("title").asString(""))
                .toList();
    }

    private static String told(List<String> titles) {
        Unmet.unless(titles.contains(EVENT), "“" + EVENT + "” among her events", titles.toString());
        return titles.size() + " events, among them “" + EVENT + "”";
    }
}
