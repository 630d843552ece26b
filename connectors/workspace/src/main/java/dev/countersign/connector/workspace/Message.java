package dev.countersign.connector.workspace;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * One mail message.
 *
 * @param id takes one to it; moving a message may give it another id
 * @param threadId the conversation that it belongs to
 * @param draftId of a draft: the id that {@link MailService#updateDraft} and {@link MailService#sendDraft} take
 * @param messageId the {@code Message-ID} header with its angle brackets, RFC 5322 section 3.6.4
 * @param inReplyTo the {@code In-Reply-To} header
 * @param references the message ids of the {@code References} header, oldest first
 * @param replyTo where answers are wanted; empty when that is {@code from}
 * @param folders ids of the folders or labels that it is in
 * @param snippet the first words as plain text, at most 300 characters
 * @param body absent in lists
 * @param version ETag, change key or mod-sequence, where there is one; it differs after every change of content
 */
public record Message(
        String id,
        String threadId,
        Optional<String> draftId,
        Optional<String> messageId,
        Optional<String> inReplyTo,
        List<String> references,
        Mailbox from,
        List<Mailbox> to,
        List<Mailbox> cc,
        List<Mailbox> bcc,
        List<Mailbox> replyTo,
        String subject,
        OffsetDateTime date,
        List<String> folders,
        boolean unread,
        String snippet,
        Optional<Body> body,
        List<AttachmentInfo> attachments,
        Optional<String> version) {
    public Message {
        references = List.copyOf(references);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        replyTo = List.copyOf(replyTo);
        folders = List.copyOf(folders);
        attachments = List.copyOf(attachments);
    }
}
