package dev.countersign.workspace;

import static dev.countersign.workspace.Workspace.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.front.Await;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The tools of mail. Each test has subjects of its own. */
interface MailTools extends Workspace {
    private static Map<String, Object> mail(String to, String subject, String body) {
        return Map.of("to", List.of(to), "subject", subject, "body", body);
    }

    private static String id(JsonNode message) {
        return message.path("id").asString();
    }

    private static List<JsonNode> in(Desk desk, String folder, String subject) {
        return desk.list("mail_search", "messages", Map.of("subject", subject, "folder", folder)).stream()
                .filter(message -> message.path("subject").asString().equals(subject))
                .toList();
    }

    /** The message, read whole, once it is there. */
    private static JsonNode arrived(Desk desk, String subject) {
        var found = Await.found(
                "mail " + subject, () -> in(desk, "inbox", subject).stream().findFirst());
        return desk.get("mail_get_message", Map.of("id", id(found)));
    }

    private static String body(JsonNode message) {
        return message.path("body").asString().strip();
    }

    private static JsonNode draft(Desk desk, String subject) {
        return in(desk, "drafts", subject).getFirst();
    }

    @Test
    default void folders_haveTheUsualRoles() {
        assertThat(alice().list("mail_list_folders", "folders", Map.of()))
                .extracting(folder -> folder.path("role").asString())
                .contains("inbox", "drafts", "sent", "trash");
    }

    @Test
    default void approvedMail_arrivesOnce_andTheSameCallSendsNoSecond() {
        var mail = mail(bobsAddress(), "Zinnia greeting", "Schöne Grüße ✓\n\nAlice");

        var asked = alice().ask("mail_send", mail);
        assertThat(in(bob(), "inbox", "Zinnia greeting")).isEmpty();
        alice().surfer().approve(asked.page().orElseThrow());
        var sent = alice().outcome("mail_send", mail, asked).structured();
        var again = alice().get("mail_send", mail);

        assertThat(again).isEqualTo(sent);
        var received = arrived(bob(), "Zinnia greeting");
        assertThat(body(received)).isEqualTo("Schöne Grüße ✓\n\nAlice");
        assertThat(received.path("from").asString()).contains(alicesAddress());
        assertThat(received.path("messageId").asString())
                .isEqualTo(sent.path("messageId").asString());
        assertThat(in(bob(), "inbox", "Zinnia greeting")).hasSize(1);
        assertThat(in(alice(), "sent", "Zinnia greeting")).hasSize(1);
    }

    @Test
    default void declinedMail_isNotSent() {
        var mail = mail(bobsAddress(), "Zinnia unwanted", "Never mind.");

        var asked = alice().ask("mail_send", mail);
        alice().surfer().decline(asked.page().orElseThrow());
        var answer = alice().outcome("mail_send", mail, asked);

        assertThat(answer.isError()).isTrue();
        assertThat(answer.text()).containsIgnoringCase("declined");
        assertThat(in(alice(), "sent", "Zinnia unwanted")).isEmpty();
        assertThat(in(bob(), "inbox", "Zinnia unwanted")).isEmpty();
    }

    @Test
    default void reply_staysInTheThread() {
        alice().approved("mail_send", mail(bobsAddress(), "Zinnia question", "Which colour?"));
        var question = arrived(bob(), "Zinnia question");

        bob().approved("mail_reply", Map.of("messageId", id(question), "body", "Blue."));

        var answer = arrived(alice(), "Re: Zinnia question");
        assertThat(body(answer)).startsWith("Blue.").contains("> Which colour?");
        var thread = alice().get(
                        "mail_get_thread",
                        Map.of("threadId", answer.path("threadId").asString()));
        assertThat(thread.path("total").asInt()).isEqualTo(2);
        assertThat(thread.path("messages").valueStream())
                .extracting(message -> message.path("subject").asString())
                .containsExactly("Zinnia question", "Re: Zinnia question");
    }

    @Test
    default void forwardedMail_takesItsFileAlong() {
        var letter = provider().letter(server());
        var received = arrived(alice(), letter.subject());

        alice().approved(
                        "mail_forward",
                        Map.of("messageId", id(received), "to", List.of(bobsAddress()), "body", "For you."));

        var forwarded = arrived(bob(), "Fwd: " + letter.subject());
        assertThat(body(forwarded)).startsWith("For you.").contains("Forwarded message");
        var files = forwarded.path("attachments").valueStream().toList();
        assertThat(files).extracting(file -> file.path("name").asString()).containsExactly(letter.fileName());
        var file = bob().get(
                        "mail_get_attachment",
                        Map.of(
                                "messageId",
                                id(forwarded),
                                "attachmentId",
                                files.getFirst().path("id").asString()));
        assertThat(file.path("name").asString()).isEqualTo(letter.fileName());
        assertThat(file.path("text").asString()).contains(letter.words());
    }

    @Test
    default void draft_isWrittenChangedAndSentOnce() {
        alice().done("mail_create_draft", mail(bobsAddress(), "Zinnia first thought", "One."));
        var draft = draft(alice(), "Zinnia first thought");
        var draftId = draft.path("draftId").asString();

        alice().done(
                        "mail_update_draft",
                        Map.of("draftId", draftId, "subject", "Zinnia second thought", "body", "Two."));
        var changed = draft(alice(), "Zinnia second thought");
        assertThat(in(bob(), "inbox", "Zinnia second thought")).isEmpty();
        alice().approved(
                        "mail_send_draft",
                        Map.of("draftId", changed.path("draftId").asString()));

        assertThat(body(arrived(bob(), "Zinnia second thought"))).isEqualTo("Two.");
        assertThat(in(bob(), "inbox", "Zinnia second thought")).hasSize(1);
        assertThat(in(alice(), "sent", "Zinnia second thought")).hasSize(1);
        assertThat(in(alice(), "drafts", "Zinnia second thought")).isEmpty();
        assertThat(in(alice(), "drafts", "Zinnia first thought")).isEmpty();
    }

    @Test
    default void movedMail_liesInItsFolder_andTrashedMailInTheTrash() {
        bob().approved("mail_send", mail(alicesAddress(), "Zinnia to keep", "Keep it."));
        var kept = arrived(alice(), "Zinnia to keep");

        alice().done("mail_move", Map.of("messageId", id(kept), "folder", "archive"));
        assertThat(in(alice(), "inbox", "Zinnia to keep")).isEmpty();
        var archived = alice().list("mail_search", "messages", Map.of("subject", "Zinnia to keep"));
        assertThat(archived).hasSize(1);

        alice().done("mail_trash", Map.of("messageId", id(archived.getFirst())));
        assertThat(alice().list("mail_search", "messages", Map.of("subject", "Zinnia to keep")))
                .isEmpty();
        assertThat(in(alice(), "trash", "Zinnia to keep")).hasSize(1);
    }

    @Test
    default void search_givesEveryMailOnceOverPages() {
        IntStream.range(0, 3).forEach(i -> bob().approved("mail_send", mail(alicesAddress(), "Zinnia page " + i, "…")));
        IntStream.range(0, 3).forEach(i -> arrived(alice(), "Zinnia page " + i));

        var query = with(Map.of("subject", "Zinnia page", "folder", "inbox"), "limit", 2);

        assertThat(alice().get("mail_search", query).path("messages").valueStream())
                .hasSize(2);
        assertThat(alice().pages("mail_search", "messages", query))
                .extracting(message -> message.path("subject").asString())
                .containsExactlyInAnyOrder("Zinnia page 0", "Zinnia page 1", "Zinnia page 2");
    }

    @Test
    default void unknownMessage_isToldWhereIdsComeFrom() {
        assertThat(alice().failure("mail_get_message", Map.of("id", "nosuchmessage")))
                .contains("mail_search");
    }
}
