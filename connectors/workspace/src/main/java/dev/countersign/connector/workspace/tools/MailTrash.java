package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import java.util.Optional;

/** {@code mail_trash}: puts a message into the trash, from where it can come back. */
final class MailTrash {
    public record Input(
            @Doc(Docs.MESSAGE) String messageId,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailTrash() {}

    static Tool<Input, MovedView> tool() {
        return Tool.act(Effect.WRITE, "mail_trash", "Trash mail", Input.class, MovedView.class)
                .description("Moves a message to the trash; mail_move brings it back.")
                .scopes("mail:write")
                .service(MailService.class)
                .ask(MailTrash::ask)
                .recover(MailTrash::recover)
                .text(MovedView::text)
                .run(MailTrash::run);
    }

    private static Question ask(Input in, Call call) {
        var message = Mails.read(call, in.messageId());
        return Question.of("Move mail to the trash")
                .with("Account", Shown.account(call.account()))
                .with("Mail", message.subject())
                .with("From", message.from().shown())
                .with("Date", Shown.moment(message.date(), call.zone()));
    }

    private static MovedView run(Input in, Call call) {
        var trashed = Inputs.found(
                "message",
                in.messageId(),
                Mails.SOURCE,
                () -> Mails.service(call).trash(in.messageId(), call.id()));
        return MovedView.of(trashed, call.account());
    }

    /** A message that is gone from its id may have moved and got another one: then nobody can tell, and this fails. */
    private static Optional<MovedView> recover(Input in, Call call) {
        var trash = Mails.folder(call, "trash");
        var message = Mails.read(call, in.messageId());
        return message.folders().contains(trash.id())
                ? Optional.of(MovedView.of(message, call.account()))
                : Optional.empty();
    }
}
