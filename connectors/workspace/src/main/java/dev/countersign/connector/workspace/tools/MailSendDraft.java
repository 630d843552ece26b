package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import java.util.Optional;

/** {@code mail_send_draft}: sends a draft exactly as it is stored. */
final class MailSendDraft {
    public record Input(
            @Doc(Docs.DRAFT) String draftId,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailSendDraft() {}

    static Tool<Input, SentView> tool() {
        return Tool.act(Effect.SEND, "mail_send_draft", "Send draft", Input.class, SentView.class)
                .description("Sends a draft as it is stored.")
                .scopes("mail:send", "mail:write")
                .service(MailService.class)
                .ask(MailSendDraft::ask)
                .recover((in, call) -> Mailing.sent(call))
                .text(SentView::text)
                .run(MailSendDraft::run);
    }

    private static Question ask(Input in, Call call) {
        var draft = Mails.draft(call, in.draftId());
        return Drafts.show(Question.of("Send draft"), draft, call).reaching(Drafts.recipients(draft));
    }

    private static SentView run(Input in, Call call) {
        var draft = Mails.draft(call, in.draftId());
        var sent =
                Mails.service(call).sendDraft(in.draftId(), call.shownVersion().or(draft::version), call.id());
        return SentView.of(sent, call.account());
    }
}
