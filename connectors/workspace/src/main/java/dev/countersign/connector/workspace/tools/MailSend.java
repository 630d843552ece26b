package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Outgoing;
import java.util.List;
import java.util.Optional;

/** {@code mail_send}: a new message. */
final class MailSend {
    public record Input(
            @Doc(Docs.ADDRESSES) List<String> to,
            @Doc(Docs.ADDRESSES) List<String> cc,
            @Doc(Docs.ADDRESSES) List<String> bcc,
            @Doc("one line") String subject,
            @Doc(Docs.BODY) String body,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailSend() {}

    static Tool<Input, SentView> tool() {
        return Tool.act(Effect.SEND, "mail_send", "Send mail", Input.class, SentView.class)
                .description("Sends a new message; one with files is made by mail_create_draft.")
                .scopes("mail:send")
                .service(MailService.class)
                .ask((in, call) -> Mailing.leaving(Question.of("Send mail"), compose(in), call))
                .recover((in, call) -> Mailing.sent(call))
                .text(SentView::text)
                .run((in, call) -> Mailing.send(compose(in), call));
    }

    private static Outgoing compose(Input in) {
        return Mailing.checked(new Outgoing(
                Addresses.all("to", in.to()),
                Addresses.all("cc", in.cc()),
                Addresses.all("bcc", in.bcc()),
                in.subject(),
                in.body(),
                List.of(),
                Optional.empty()));
    }
}
