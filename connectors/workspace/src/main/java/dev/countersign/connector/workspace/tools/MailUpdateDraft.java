package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import java.util.List;
import java.util.Optional;

/** {@code mail_update_draft}: changes what is named and leaves the rest. */
final class MailUpdateDraft {
    public record Input(
            @Doc(Docs.DRAFT) String draftId,

            @Doc("instead of those there: " + Docs.ADDRESSES)
            List<String> to,

            @Doc("instead of those there: " + Docs.ADDRESSES)
            List<String> cc,

            @Doc("instead of those there: " + Docs.ADDRESSES)
            List<String> bcc,

            @Doc("one line") Optional<String> subject,
            @Doc(Docs.BODY + ", instead of the text there") Optional<String> body,
            @Doc(Docs.ATTACH) List<Attach> addAttachments,
            @Doc("ids of attachments of the draft") List<String> removeAttachments,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailUpdateDraft() {}

    static Tool<Input, MessageView> tool() {
        return Tool.act(Effect.WRITE, "mail_update_draft", "Change draft", Input.class, MessageView.class)
                .description("Changes recipients, subject, text or files of a draft; what is absent stays.")
                .scopes("mail:write")
                .service(MailService.class)
                .ask(MailUpdateDraft::ask)
                .recover(MailUpdateDraft::recover)
                .text(view -> "Draft changed:\n" + view.text())
                .run(MailUpdateDraft::run);
    }

    private static Question ask(Input in, Call call) {
        var draft = Mails.draft(call, in.draftId());
        return Mailing.show(Question.of("Change draft"), compose(in, draft, call), call)
                .with("Draft until now", draft.subject())
                .atVersion(draft.version());
    }

    private static Outgoing compose(Input in, Message draft, Call call) {
        var asked = !(in.to().isEmpty()
                && in.cc().isEmpty()
                && in.bcc().isEmpty()
                && in.subject().isEmpty()
                && in.body().isEmpty()
                && in.addAttachments().isEmpty()
                && in.removeAttachments().isEmpty());
        if (!asked) {
            throw new ToolException("Nothing to change. Give at least one of to, cc, bcc, subject, body,"
                    + " addAttachments or removeAttachments.");
        }
        return Drafts.compose(in, draft, call);
    }

    private static MessageView run(Input in, Call call) {
        var draft = Mails.draft(call, in.draftId());
        var mail = compose(in, draft, call);
        var version = call.shownVersion().or(draft::version);
        return view(Mails.service(call).updateDraft(in.draftId(), mail, version, call.id()), call);
    }

    private static MessageView view(Message draft, Call call) {
        return MessageView.of(draft, call.account(), false, 0, MailGetMessage.MAX_BODY);
    }

    /** Files cannot be told apart by id once they were copied, so a change of files counts as done by their names. */
    private static Optional<MessageView> recover(Input in, Call call) {
        var draft = Mails.draft(call, in.draftId());
        var there = draft.attachments().stream().map(info -> info.name()).toList();
        var removedAreGone = draft.attachments().stream()
                .noneMatch(info -> in.removeAttachments().contains(info.id()));
        var addedAreThere = Mailing.files(in.addAttachments(), call).stream()
                .map(FileContent::name)
                .allMatch(there::contains);
        var done = removedAreGone
                && addedAreThere
                && (in.to().isEmpty() || draft.to().equals(Addresses.all("to", in.to())))
                && (in.cc().isEmpty() || draft.cc().equals(Addresses.all("cc", in.cc())))
                && (in.bcc().isEmpty() || draft.bcc().equals(Addresses.all("bcc", in.bcc())))
                && in.subject().map(draft.subject()::equals).orElse(true)
                && in.body()
                        .map(text -> Inputs.text("body", text)
                                .strip()
                                .equals(Drafts.text(draft).strip()))
                        .orElse(true);
        return done ? Optional.of(view(draft, call)) : Optional.empty();
    }
}
