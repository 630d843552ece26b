package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import java.util.Optional;

/** {@code mail_move}: puts a message into another folder. */
final class MailMove {
    public record Input(
            @Doc(Docs.MESSAGE) String messageId,
            @Doc(Docs.FOLDER) String folder,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailMove() {}

    static Tool<Input, MovedView> tool() {
        return Tool.act(Effect.WRITE, "mail_move", "Move mail", Input.class, MovedView.class)
                .description("Moves a message to another folder; out of the trash too.")
                .scopes("mail:write")
                .service(MailService.class)
                .ask(MailMove::ask)
                .recover(MailMove::recover)
                .text(MovedView::text)
                .run(MailMove::run);
    }

    private static Question ask(Input in, Call call) {
        var message = Mails.read(call, in.messageId());
        return Question.of("Move mail")
                .with("Account", Shown.account(call.account()))
                .with("Mail", message.subject())
                .with("From", message.from().shown())
                .with("To folder", Mails.folder(call, in.folder()).name());
    }

    private static MovedView run(Input in, Call call) {
        var folder = Mails.folder(call, in.folder());
        var moved = Inputs.found(
                "message",
                in.messageId(),
                Mails.SOURCE,
                () -> Mails.service(call).move(in.messageId(), folder.id(), call.id()));
        return MovedView.of(moved, call.account());
    }

    /** A message that is gone from its id may have moved and got another one: then nobody can tell, and this fails. */
    private static Optional<MovedView> recover(Input in, Call call) {
        var folder = Mails.folder(call, in.folder());
        var message = Mails.read(call, in.messageId());
        return message.folders().contains(folder.id())
                ? Optional.of(MovedView.of(message, call.account()))
                : Optional.empty();
    }
}
