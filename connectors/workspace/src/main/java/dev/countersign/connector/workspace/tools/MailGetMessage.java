package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.MailService;
import java.util.Optional;

/** {@code mail_get_message}: one message, its body in parts. */
final class MailGetMessage {
    /** About what a model reads with profit at once; the rest is one call away. */
    static final int MAX_BODY = 20_000;

    public record Input(
            @Doc(Docs.MESSAGE) String id,

            @Doc("true for the original HTML instead of text")
            Optional<Boolean> html,

            @Doc(value = Docs.OFFSET, min = 0) Optional<Integer> offset,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private MailGetMessage() {}

    static Tool<Input, MessageView> tool() {
        return Tool.read("mail_get_message", "Read message", Input.class, MessageView.class)
                .description("Gives one message with its body as text and the list of its attachments.")
                .scopes("mail:read")
                .service(MailService.class)
                .text(MessageView::text)
                .foreign(MessageView::foreign)
                .run(MailGetMessage::run);
    }

    private static MessageView run(Input in, Call call) {
        return MessageView.of(
                Mails.read(call, in.id()),
                call.account(),
                in.html().orElse(false),
                Inputs.offset(in.offset()),
                MAX_BODY);
    }
}
