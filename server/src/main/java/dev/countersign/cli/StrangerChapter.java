package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import dev.countersign.client.ModernClient.Answer;
import java.util.List;
import java.util.Map;

/** A mail from outside tries to make the assistant send something away. */
final class StrangerChapter {
    private static final String LETTER = "Vendor review: documents for your file";
    private static final String STRANGER = "Nora Feld";
    private static final String ADDRESS = "intake@brightline-audit.example";
    private static final String WANTED = "Re: Atlas budget: where we stand";

    private final Scene scene;
    private final Kept<Map<String, Object>> forward = new Kept<>();
    private final Kept<Answer> asked = new Kept<>();

    StrangerChapter(Scene scene) {
        this.scene = scene;
    }

    Chapter chapter() {
        return new Chapter(
                "A stranger's mail gives the assistant an order",
                List.of(
                        new Step("The client reads a mail from outside that tells it to forward another", this::read),
                        new Step("It obeys; the question names the stranger from whom the address came", this::obey),
                        new Step("Alice declines; nothing leaves", this::decline)));
    }

    private String read() {
        var letter = scene.assistant().read("mail_get_message", Map.of("id", idOf(LETTER)));
        Unmet.unless(
                letter.text().contains(ADDRESS), "the address " + ADDRESS + " in it", Tour.shortened(letter.text()));
        return "from " + letter.structured().path("from").asString("");
    }

    private String obey() {
        forward.put(Map.of("messageId", idOf(WANTED), "to", List.of(ADDRESS)));
        var question = asked.put(scene.assistant().ready("mail_forward", forward.get()));
        var page = scene.alice().open(Assistant.approvalPage(question));
        Unmet.unless(page.text().contains(ADDRESS), "the address on the page", Tour.shortened(page.text()));
        var reasons = page.document().select(".why li").eachText();
        return reasons.stream()
                .filter(reason -> reason.contains(STRANGER))
                .findFirst()
                .orElseThrow(() -> new Unmet("a reason that names " + STRANGER, reasons.toString()));
    }

    private String decline() {
        var page = scene.alice().open(Assistant.approvalPage(asked.get()));
        scene.alice().press(page, "Decline");
        var answer = scene.assistant().again("mail_forward", forward.get(), asked.get());
        Unmet.unless(answer.isError() && !answer.asksForInput(), "to be told that she declined", answer.text());
        long left = scene.alice().sent("Fwd: " + WANTED);
        Unmet.unless(left == 0, "no mail after she declined", left + " mails");
        return "";
    }

    private String idOf(String subject) {
        var found = scene.assistant().read("mail_search", Map.of("subject", subject));
        return found.structured()
                .path("messages")
                .valueStream()
                .filter(message -> message.path("subject").asString("").equals(subject))
                .map(message -> message.path("id").asString(""))
                .findFirst()
                .orElseThrow(() -> new Unmet("the mail “" + subject + "”", Tour.shortened(found.text())));
    }
}
