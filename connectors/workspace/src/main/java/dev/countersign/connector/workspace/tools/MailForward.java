package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import java.util.List;
import java.util.Optional;

/** {@code mail_forward}: a stored message, with its files, to somebody else. */
final class MailForward {
    public record Input(
            @Doc("id of the message to forward, from mail_search")
            String messageId,

            @Doc(Docs.ADDRESSES) List<String> to,
            @Doc(Docs.ADDRESSES) List<String> cc,
            @Doc(Docs.ADDRESSES) List<String> bcc,
            @Doc("plain text above the forwarded message") Optional<String> body,

            @Doc("false leaves its files out; absent for true")
            Optional<Boolean> attachments,

            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailForward() {}

    static Tool<Input, SentView> tool() {
        return Tool.act(Effect.SEND, "mail_forward", "Forward mail", Input.class, SentView.class)
                .description("Forwards a message as text with its attachments.")
                .scopes("mail:send", "mail:read")
                .service(MailService.class)
                .ask(MailForward::ask)
                .recover((in, call) -> Mailing.sent(call))
                .text(SentView::text)
                .run((in, call) -> Mailing.send(compose(in, Mails.read(call, in.messageId()), call), call));
    }

    private static Question ask(Input in, Call call) {
        var original = Mails.read(call, in.messageId());
        return Mailing.leaving(Question.of("Forward mail"), compose(in, original, call), call)
                .with("Forwards the mail of", original.from().shown());
    }

    private static Outgoing compose(Input in, Message original, Call call) {
        return Mailing.checked(new Outgoing(
                Addresses.all("to", in.to()),
                Addresses.all("cc", in.cc()),
                Addresses.all("bcc", in.bcc()),
                Answers.forwardSubject(original.subject()),
                Answers.forwarding(in.body().orElse(""), original, call.zone()),
                in.attachments().orElse(true) ? files(original, call) : List.of(),
                Optional.of(Answers.forward(original))));
    }

    private static List<FileContent> files(Message original, Call call) {
        return original.attachments().stream()
                .map(info -> Mailing.clean(Mails.file(call, original.id(), info.id())))
                .toList();
    }
}
