package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * A message to be. It is from the linked account; the service says who that is.
 *
 * @param text plain text, lines parted by {@code \n}
 * @param threading empty for a message that starts a conversation
 */
public record Outgoing(
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        String subject,
        String text,
        List<FileContent> attachments,
        Optional<Threading> threading) {
    public Outgoing {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attachments = List.copyOf(attachments);
    }
}
