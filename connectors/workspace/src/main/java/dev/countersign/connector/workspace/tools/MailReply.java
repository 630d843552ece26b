package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code mail_reply}: an answer in the same conversation, to those whom the stored message names. */
final class MailReply {
    public record Input(
            @Doc("id of the message to answer, from mail_search")
            String messageId,

            @Doc(Docs.BODY) String body,

            @Doc("true answers all recipients too; absent for false")
            Optional<Boolean> all,

            @Doc("further recipients: " + Docs.ADDRESSES) List<String> cc,
            @Doc("hidden recipients: " + Docs.ADDRESSES) List<String> bcc,

            @Doc("false leaves the quoted original out; absent for true")
            Optional<Boolean> quote,

            @Doc(Docs.ATTACH) List<Attach> attachments,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailReply() {}

    static Tool<Input, SentView> tool() {
        return Tool.act(Effect.SEND, "mail_reply", "Answer mail", Input.class, SentView.class)
                .description("Answers a message in its thread; recipients and subject follow from the message.")
                .scopes("mail:send", "mail:read")
                .service(MailService.class)
                .ask(MailReply::ask)
                .recover((in, call) -> Mailing.sent(call))
                .text(SentView::text)
                .run((in, call) -> Mailing.send(compose(in, Mails.read(call, in.messageId()), call), call));
    }

    private static Question ask(Input in, Call call) {
        var original = Mails.read(call, in.messageId());
        return Mailing.leaving(Question.of("Answer mail"), compose(in, original, call), call)
                .with("Answers the mail of", original.from().shown());
    }

    private static Outgoing compose(Input in, Message original, Call call) {
        var recipients = Answers.recipients(original, in.all().orElse(false), call);
        var body = in.quote().orElse(true) ? Answers.quoting(in.body(), original, call.zone()) : in.body();
        return Mailing.checked(new Outgoing(
                recipients.to(),
                Stream.concat(recipients.cc().stream(), Addresses.all("cc", in.cc()).stream())
                        .toList(),
                Addresses.all("bcc", in.bcc()),
                Answers.replySubject(original.subject()),
                body,
                Mailing.files(in.attachments(), call),
                Optional.of(Answers.reply(original))));
    }
}
