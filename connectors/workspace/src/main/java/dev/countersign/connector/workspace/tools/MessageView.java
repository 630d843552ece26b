package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message with its body, or a part of it. */
public record MessageView(
        String account,
        String id,
        String threadId,
        @Doc("of a draft: what mail_send_draft takes") Optional<String> draftId,
        Optional<String> messageId,
        String from,
        @Doc("where answers are wanted, when not 'from'") List<String> replyTo,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        String subject,
        @Doc("RFC 3339") String date,
        boolean unread,
        @Doc("folder ids") List<String> folders,
        String body,

        @Doc("'offset' for the rest of the body; absent at the end")
        Optional<Integer> nextOffset,

        @Doc("whether mail_get_message can give the original HTML")
        boolean html,

        List<File> attachments) {

    /** A file in the message. */
    public record File(
            @Doc("attachmentId of mail_get_attachment") String id, String name, String mediaType, long bytes) {
        static File of(AttachmentInfo info) {
            return new File(info.id(), info.name(), info.mediaType(), info.bytes());
        }

        String line() {
            return "File: %s, %s, %s [attachment %s]\n".formatted(name, mediaType, Shown.size(bytes), id);
        }
    }

    static MessageView of(Message message, Account account, boolean original, int offset, int most) {
        var body = message.body().orElse(new Body(message.snippet(), Optional.empty()));
        var part = TextPart.of(original ? body.html().orElse(body.text()) : body.text(), offset, most);
        return new MessageView(
                account.id(),
                message.id(),
                message.threadId(),
                message.draftId(),
                message.messageId(),
                message.from().shown(),
                Shown.mailboxes(message.replyTo()),
                Shown.mailboxes(message.to()),
                Shown.mailboxes(message.cc()),
                Shown.mailboxes(message.bcc()),
                message.subject(),
                message.date().toString(),
                message.unread(),
                message.folders(),
                part.text(),
                part.nextOffset(),
                body.html().isPresent(),
                message.attachments().stream().map(File::of).toList());
    }

    String text() {
        var text = new StringBuilder();
        text.append("From: ").append(from).append('\n');
        header(text, "Reply-To", replyTo);
        header(text, "To", to);
        header(text, "Cc", cc);
        header(text, "Bcc", bcc);
        text.append("Date: ").append(date).append('\n');
        text.append("Subject: ").append(subject).append('\n');
        text.append("[id %s, thread %s, account %s%s]\n"
                .formatted(
                        id,
                        threadId,
                        account,
                        draftId.map(draft -> ", draft " + draft).orElse("")));
        attachments.forEach(file -> text.append(file.line()));
        text.append('\n').append(body).append('\n');
        nextOffset.ifPresent(next -> text.append("\nThe body goes on: call mail_get_message with offset ")
                .append(next)
                .append('\n'));
        return text.toString();
    }

    private static void header(StringBuilder text, String name, List<String> values) {
        if (!values.isEmpty()) {
            text.append(name).append(": ").append(String.join(", ", values)).append('\n');
        }
    }

    /** All but an own draft is foreign: a sender's name proves nothing, and own mail quotes that of others. */
    List<Foreign> foreign() {
        if (draftId.isPresent()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add(subject);
        lines.addAll(replyTo);
        lines.addAll(to);
        lines.addAll(cc);
        attachments.forEach(file -> lines.add(file.name()));
        lines.add(body);
        return List.of(new Foreign(from, Mails.source(subject, date), String.join("\n", lines)));
    }
}
