package dev.countersign.connector.workspace.tools;

import static dev.countersign.connector.workspace.tools.MessageBuilder.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.FileContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailDraftsTest {
    private final FakeMail mail = new FakeMail();
    private final FakeCall call = FakeCall.with(mail);

    private static MailCreateDraft.Input draft(
            List<String> to, Optional<String> subject, List<Attach> files, Optional<String> inReplyTo) {
        return new MailCreateDraft.Input(
                to, List.of(), List.of(), subject, "Words", files, inReplyTo, Optional.empty());
    }

    private MessageView create(MailCreateDraft.Input in) {
        return FakeCall.<MailCreateDraft.Input, MessageView>tool("mail_create_draft")
                .run()
                .call(in, call);
    }

    private static MailUpdateDraft.Input change(
            String id, List<String> to, Optional<String> body, List<String> removeFiles) {
        return new MailUpdateDraft.Input(
                id, to, List.of(), List.of(), Optional.empty(), body, List.of(), removeFiles, Optional.empty());
    }

    private Question ask(String name, Record in) {
        Tool<Record, Record> tool = FakeCall.tool(name);
        return tool.question().orElseThrow().about(in, call);
    }

    private static List<String> labels(Question question) {
        return question.values().stream()
                .map(value -> value.label() + ": " + value.text())
                .toList();
    }

    @Test
    void draftThatAnswers_takesRecipientAndSubjectFromTheMessage() {
        mail.put(message("m").build());
        var made = create(draft(List.of(), Optional.empty(), List.of(), Optional.of("m")));
        assertThat(made.to()).containsExactly("Bob <bob@example.com>");
        assertThat(made.subject()).isEqualTo("Re: Plans");
        assertThat(made.threadId()).isEqualTo("thread");
        assertThat(made.draftId()).isPresent();
    }

    @Test
    void draftWithoutSubject_needsAMessageToAnswer() {
        assertThatThrownBy(() -> create(draft(List.of(), Optional.empty(), List.of(), Optional.empty())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("'subject'");
    }

    @Test
    void change_keepsFilesAndWhatItDoesNotName() {
        mail.put(message("m").file("f", "a.txt").build());
        mail.files.put("m/f", new FileContent("a.txt", "text/plain", "abc".getBytes(StandardCharsets.UTF_8)));
        var made = create(
                draft(List.of("bob@example.com"), Optional.of("Hi"), List.of(new Attach("m", "f")), Optional.empty()));
        var id = made.draftId().orElseThrow();
        Tool<Record, MessageView> tool = FakeCall.tool("mail_update_draft");
        var in = change(id, List.of("carol@example.com"), Optional.empty(), List.of());
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).isEmpty();
        var changed = tool.run().call(in, call);
        assertThat(changed.to()).containsExactly("carol@example.com");
        assertThat(changed.body()).isEqualTo("Words");
        assertThat(changed.attachments()).extracting(MessageView.File::name).containsExactly("a.txt");
        assertThat(tool.recover().orElseThrow().resultOf(in, call)).isPresent();
        var bare = tool.run()
                .call(
                        change(
                                id,
                                List.of(),
                                Optional.of("New"),
                                List.of(changed.attachments().getFirst().id())),
                        call);
        assertThat(bare.attachments()).isEmpty();
        assertThat(bare.body()).isEqualTo("New");
    }

    @Test
    void answeringDraftChanged_staysInItsThread() {
        mail.put(message("m").build());
        var made = create(draft(List.of(), Optional.empty(), List.of(), Optional.of("m")));
        Tool<Record, MessageView> tool = FakeCall.tool("mail_update_draft");
        var changed =
                tool.run().call(change(made.draftId().orElseThrow(), List.of(), Optional.of("New"), List.of()), call);
        assertThat(changed.threadId()).isEqualTo("thread");
        var stored = mail.messages.get(changed.id());
        assertThat(stored.inReplyTo()).contains("<m@example.com>");
        assertThat(stored.references()).containsExactly("<m@example.com>");
    }

    @Test
    void changeOfNothing_isRefused() {
        var id = create(draft(List.of(), Optional.of("Hi"), List.of(), Optional.empty()))
                .draftId()
                .orElseThrow();
        assertThatThrownBy(() -> ask("mail_update_draft", change(id, List.of(), Optional.empty(), List.of())))
                .hasMessageContaining("Nothing to change");
    }

    @Test
    void sending_showsTheStoredDraftAndItsVersion() {
        var id = create(draft(List.of("bob@example.com"), Optional.of("Hi"), List.of(), Optional.empty()))
                .draftId()
                .orElseThrow();
        var question = ask("mail_send_draft", new MailSendDraft.Input(id, Optional.empty()));
        assertThat(labels(question)).contains("To: bob@example.com", "Subject: Hi", "Body: Words");
        assertThat(question.reaches()).containsExactly("bob@example.com");
        assertThat(question.version()).contains("1");
        assertThat(mail.changes).containsExactly("draft");
    }

    @Test
    void draftChangedAfterTheAnswer_isNotSent() {
        var id = create(draft(List.of("bob@example.com"), Optional.of("Hi"), List.of(), Optional.empty()))
                .draftId()
                .orElseThrow();
        var in = new MailSendDraft.Input(id, Optional.empty());
        call.answering(ask("mail_send_draft", in));
        Tool<Record, Record> update = FakeCall.tool("mail_update_draft");
        update.run().call(change(id, List.of("mallory@evil.example"), Optional.empty(), List.of()), call);
        Tool<Record, Record> send = FakeCall.tool("mail_send_draft");

        assertThatThrownBy(() -> send.run().call(in, call))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(UpstreamException.Kind.CONFLICT));
        assertThat(mail.changes).containsExactly("draft", "update " + id);
    }

    @Test
    void sendingToNobody_isRefused() {
        var id = create(draft(List.of(), Optional.of("Hi"), List.of(), Optional.empty()))
                .draftId()
                .orElseThrow();
        assertThatThrownBy(() -> ask("mail_send_draft", new MailSendDraft.Input(id, Optional.empty())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("mail_update_draft");
    }

    @Test
    void unknownDraft_saysWhereIdsComeFrom() {
        assertThatThrownBy(() -> ask("mail_send_draft", new MailSendDraft.Input("d-x", Optional.empty())))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("mail_search");
    }
}
