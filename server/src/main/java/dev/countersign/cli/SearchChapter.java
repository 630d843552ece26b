package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two people search the same words, and each gets what they may see. */
final class SearchChapter {
    /** Stands in mail of both, in different ones. */
    private static final String WORD = "enamel";

    private static final String OF_ALICE = "Letter spacing on enamel";
    private static final String OF_BOB = "Price for enamel panels until March";
    private static final String FOR_LEADERSHIP = "Salary bands";
    private static final String SHARED = "Leave and holidays";
    private static final List<String> SCOPES =
            List.of("calendar:read", "contacts:read", "files:read", "mail:read", "search");

    private final Scene scene;
    private final Kept<Assistant> ofBob = new Kept<>();
    private final Kept<String> shared = new Kept<>();

    SearchChapter(Scene scene) {
        this.scene = scene;
    }

    Chapter chapter() {
        return new Chapter(
                "Two people search, and each sees what is theirs",
                List.of(
                        new Step("Bob signs in with a client of his own and links his account", this::attachBob),
                        new Step(
                                "Alice's client wants to read her mail as well; she agrees at the provider",
                                this::linkMail),
                        new Step("Both search for “" + WORD + "”: each gets their own mail", this::searchSameWord),
                        new Step("The salary bands are found by leadership only: by Bob", this::searchSalary),
                        new Step("Alice finds the leave rules, which all staff may read", this::searchShared),
                        new Step(
                                "An administrator takes them away from staff: gone from her next answer",
                                this::unshare)));
    }

    private String attachBob() {
        var attached = ofBob.put(scene.attach(scene.bob(), scene.register("Bob's client"), SCOPES));
        attached.read("mail_search", Map.of("text", WORD));
        attached.read("calendar_list_events", Map.of());
        return "linked " + scene.bob().email();
    }

    private String linkMail() {
        var found = scene.assistant().read("mail_search", Map.of("text", WORD));
        return found.structured().path("messages").size() + " mails hold “" + WORD + "”";
    }

    private String searchSameWord() {
        var hers = found(scene.assistant(), WORD);
        var his = found(ofBob.get(), WORD);
        Unmet.unless(hers.contains(OF_ALICE) && !hers.contains(OF_BOB), "Alice's mail and not Bob's", hers.toString());
        Unmet.unless(his.contains(OF_BOB) && !his.contains(OF_ALICE), "Bob's mail and not Alice's", his.toString());
        return hers.size() + " results for her, " + his.size() + " for him";
    }

    private String searchSalary() {
        var hers = found(scene.assistant(), "salary bands");
        var his = found(ofBob.get(), "salary bands");
        Unmet.unless(his.contains(FOR_LEADERSHIP), "Bob, of leadership, finds it", his.toString());
        Unmet.unless(!hers.contains(FOR_LEADERSHIP), "Alice does not", hers.toString());
        return "";
    }

    private String searchShared() {
        shared.put(idOf(SHARED)
                .orElseThrow(() -> new Unmet(
                        "“" + SHARED + "”",
                        found(scene.assistant(), "parental leave").toString())));
        var text = scene.assistant().read("fetch", Map.of("id", shared.get())).text();
        Unmet.unless(text.contains("28 days"), "its text", Tour.shortened(text));
        return "“" + SHARED + "”";
    }

    private String unshare() {
        scene.stage().unshare("staff", shared.get());
        Unmet.unless(idOf(SHARED).isEmpty(), "no “" + SHARED + "” any more", "it is still found");
        var answer = scene.assistant().call("fetch", Map.of("id", shared.get()));
        Unmet.unless(answer.isError(), "not to be read by its id either", Tour.shortened(answer.text()));
        return "";
    }

    private Optional<String> idOf(String title) {
        return scene.assistant()
                .read("search", Map.of("query", "parental leave"))
                .structured()
                .path("results")
                .valueStream()
                .filter(result -> result.path("title").asString("").equals(title))
                .map(result -> result.path("id").asString(""))
                .findFirst();
    }

    private static List<String> found(Assistant assistant, String words) {
        return assistant
                .read("search", Map.of("query", words))
                .structured()
                .path("results")
                .valueStream()
                .map(result -> result.path("title").asString(""))
                .toList();
    }
}
