package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.workspace.Message;
import java.util.List;
import java.util.Optional;

/** A message in a list. */
public record MessageBrief(
        String account,
        String id,
        String threadId,
        @Doc("of a draft: what mail_send_draft takes") Optional<String> draftId,
        String from,
        List<String> to,
        String subject,
        @Doc("RFC 3339") String date,
        boolean unread,
        @Doc("folder ids") List<String> folders,
        @Doc("how many files") int attachments,
        @Doc("the first words") String snippet) {

    static MessageBrief of(Message message, Account account) {
        return new MessageBrief(
                account.id(),
                message.id(),
                message.threadId(),
                message.draftId(),
                message.from().shown(),
                Shown.mailboxes(message.to()),
                message.subject(),
                message.date().toString(),
                message.unread(),
                message.folders(),
                message.attachments().size(),
                Shown.cut(message.snippet(), 300));
    }

    String line() {
        return "- %s, %s%s: %s%s%s\n  %s\n  [id %s, thread %s, account %s]"
                .formatted(
                        date,
                        from,
                        unread ? " (unread)" : "",
                        subject,
                        attachments == 0 ? "" : ", " + attachments + " files",
                        draftId.map(draft -> ", draft " + draft).orElse(""),
                        snippet,
                        id,
                        threadId,
                        account);
    }

    List<Foreign> foreign() {
        if (draftId.isPresent()) {
            return List.of();
        }
        var text = String.join("\n", subject, snippet, String.join("\n", to));
        return List.of(new Foreign(from, Mails.source(subject, date), text));
    }
}
