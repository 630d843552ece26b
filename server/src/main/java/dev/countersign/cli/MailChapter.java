package dev.countersign.cli;

import dev.countersign.cli.Tour.Chapter;
import dev.countersign.cli.Tour.Step;
import dev.countersign.client.Browser.Page;
import dev.countersign.client.ModernClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** A mail waits for its person and leaves once. */
final class MailChapter {
    private static final String TOOL = "mail_send";
    private static final String SUBJECT = "Our call on Thursday";
    private static final String BODY = "Can we begin half an hour later?";
    private static final String TWICE = "The room for Thursday";

    private final Scene scene;
    private final Kept<String> challenge = new Kept<>();
    private final Kept<Answer> asked = new Kept<>();
    private final Kept<Answer> sent = new Kept<>();

    MailChapter(Scene scene) {
        this.scene = scene;
    }

    Chapter chapter() {
        return new Chapter(
                "A mail is sent, when Alice has approved it",
                List.of(
                        new Step("The client wants to send a mail to Bob; it was never allowed to", this::refused),
                        new Step("Alice allows the client that too", this::stepUp),
                        new Step("The provider was never asked for it either: Alice agrees there", this::link),
                        new Step("Now the mail waits for her; nothing has left", this::ask),
                        new Step("Alice opens the page, reads to whom and what, and presses Approve", this::approve),
                        new Step("The same call again gives the result; the mail lies in Bob's mailbox", this::deliver),
                        new Step("And once more: the same answer, and still one mail", this::repeat),
                        new Step("Another mail, approved in two tabs at once, leaves once", this::approveTwice)));
    }

    static Map<String, Object> mail(Visitor to, String subject, String body) {
        return Map.of("to", List.of(to.email()), "subject", subject, "body", body);
    }

    private Map<String, Object> mail() {
        return mail(scene.bob(), SUBJECT, BODY);
    }

    private String refused() {
        var answer = scene.assistant().call(TOOL, mail());
        Unmet.unless(
                answer.status() == 403 && answer.challenge().contains("insufficient_scope"),
                "403 with the scopes that it needs",
                "status " + answer.status() + ": " + answer.text());
        challenge.put(answer.challenge());
        return "it must ask for more";
    }

    private String stepUp() {
        scene.assistant().stepUp(challenge.get());
        var scopes = new TreeSet<>(scene.assistant().tokens().scopes());
        Unmet.unless(
                scopes.containsAll(List.of("calendar:read", "mail:send")),
                "tokens for calendar:read and mail:send",
                scopes.toString());
        return "it has tokens for " + String.join(" ", scopes);
    }

    private String link() {
        var answer = scene.assistant().call(TOOL, mail());
        var page = Assistant.linkPage(answer)
                .orElseThrow(() -> new Unmet(
                        "to be sent to the page of connections",
                        answer.asksForInput() ? answer.message().toString() : answer.text()));
        scene.alice().link(page);
        asked.put(scene.assistant().again(TOOL, mail(), answer));
        return "";
    }

    private String ask() {
        var page = Assistant.approvalPage(asked.get());
        nothingLeft(SUBJECT);
        return page.getPath();
    }

    private String approve() {
        var page = scene.alice().open(Assistant.approvalPage(asked.get()));
        for (var shown : List.of(scene.bob().email(), SUBJECT, BODY, "Tour client")) {
            Unmet.unless(page.text().contains(shown), "“" + shown + "” on the page", Tour.shortened(page.text()));
        }
        var after = scene.alice().press(page, "Approve");
        Unmet.unless(
                after.status() == 200 && !after.hasButton("Approve"),
                "the page with her answer",
                Tour.shortened(after.text()));
        return "";
    }

    private String deliver() {
        var answer = sent.put(scene.assistant().again(TOOL, mail(), asked.get()));
        Unmet.unless(
                !answer.isError() && !answer.asksForInput(),
                "the mail is sent",
                "it was not sent, and the model was told: " + answer.text());
        arrivedOnce(SUBJECT);
        return "";
    }

    private String repeat() {
        var answer = scene.assistant().call(TOOL, mail());
        Unmet.unless(
                answer.structured().equals(sent.get().structured()),
                "the same result",
                answer.asksForInput() ? "a question: " + answer.message() : answer.text());
        arrivedOnce(SUBJECT);
        return "";
    }

    private String approveTwice() throws Exception {
        var mail = mail(scene.bob(), TWICE, "Lindgren or Gray?");
        var question = scene.assistant().ready(TOOL, mail);
        var page = Assistant.approvalPage(question);
        var tabs = List.of(scene.alice().open(page), scene.alice().open(page));
        pressAtOnce(tabs);
        var answer = scene.assistant().again(TOOL, mail, question);
        Unmet.unless(!answer.isError() && !answer.asksForInput(), "the mail is sent", answer.text());
        arrivedOnce(TWICE);
        return "";
    }

    private void pressAtOnce(List<Page> tabs) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var presses = tabs.stream()
                    .map(tab -> (Callable<Page>) () -> scene.alice().press(tab, "Approve"))
                    .toList();
            for (var press : threads.invokeAll(presses)) {
                press.get();
            }
        }
    }

    private void nothingLeft(String subject) {
        long left = scene.alice().sent(subject) + scene.bob().received(subject);
        Unmet.unless(left == 0, "no mail before she has approved it", left + " copies");
    }

    private void arrivedOnce(String subject) {
        long arrived = scene.bob().received(subject);
        Unmet.unless(arrived == 1, "one mail in Bob's mailbox", arrived + " mails");
    }
}
