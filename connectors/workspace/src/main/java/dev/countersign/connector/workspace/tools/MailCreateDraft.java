package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import java.util.List;
import java.util.Optional;

/** {@code mail_create_draft}: a message that waits in the mailbox. */
final class MailCreateDraft {
    public record Input(
            @Doc(Docs.ADDRESSES + "; with 'inReplyTo' absent for the sender")
            List<String> to,

            @Doc(Docs.ADDRESSES) List<String> cc,
            @Doc(Docs.ADDRESSES) List<String> bcc,
            @Doc("one line; may be absent with 'inReplyTo'") Optional<String> subject,
            @Doc(Docs.BODY) String body,
            @Doc(Docs.ATTACH) List<Attach> attachments,

            @Doc("id of the message that the draft answers, from mail_search")
            Optional<String> inReplyTo,

            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailCreateDraft() {}

    static Tool<Input, MessageView> tool() {
        return Tool.act(Effect.WRITE, "mail_create_draft", "Create draft", Input.class, MessageView.class)
                .description("Writes a draft, new or as an answer; nothing is sent.")
                .scopes("mail:write")
                .service(MailService.class)
                .ask(MailCreateDraft::ask)
                .text(view -> "Draft written:\n" + view.text())
                .run(MailCreateDraft::run);
    }

    private static Question ask(Input in, Call call) {
        return Mailing.show(Question.of("Create draft"), Drafts.compose(in, call), call);
    }

    private static MessageView run(Input in, Call call) {
        var draft = Mails.service(call).createDraft(Drafts.compose(in, call), call.id());
        return MessageView.of(draft, call.account(), false, 0, MailGetMessage.MAX_BODY);
    }
}
