package dev.countersign.connector.sandbox;

import java.util.List;
import java.util.Optional;

/** What the mail and contacts API reads and writes. */
final class MailJson {
    private MailJson() {}

    record Party(String address, String name) {}

    /** @param id {@code inbox}, {@code drafts}, {@code sent}, {@code archive}, {@code spam}, {@code trash} or one of the person's own */
    record Folder(String id, String name, int total, int unread) {}

    record Folders(List<Folder> items) {}

    /** @param bytes its size */
    record Attachment(String id, String name, String contentType, long bytes) {}

    /** @param text absent in lists, like {@code html} */
    record Message(
            String id,
            String etag,
            String thread,
            String folder,
            String messageId,
            Optional<String> inReplyTo,
            List<String> references,
            Party from,
            List<Party> to,
            List<Party> cc,
            List<Party> bcc,
            List<Party> replyTo,
            String subject,
            String date,
            boolean read,
            boolean draft,
            String snippet,
            Optional<String> text,
            Optional<String> html,
            List<Attachment> attachments,
            String link) {}

    record Messages(List<Message> items, Optional<String> next) {}

    /** @param content in Base64 */
    record NewAttachment(String name, String contentType, String content) {}

    /** A message to be. Lists and texts that are absent are empty. */
    record Outgoing(
            Optional<String> messageId,
            Optional<List<Party>> to,
            Optional<List<Party>> cc,
            Optional<List<Party>> bcc,
            Optional<String> subject,
            Optional<String> text,
            Optional<String> inReplyTo,
            Optional<List<String>> references,
            Optional<List<NewAttachment>> attachments) {}

    /** @param messageId the one that it shall leave with; absent: the draft's own */
    record SendDraft(Optional<String> messageId) {}

    record Move(String folder) {}

    record Marks(Optional<Boolean> read) {}

    record Recipients(List<Party> to, List<Party> cc, List<Party> bcc, List<Party> replyTo) {}

    record Contact(
            String id, String name, List<String> addresses, List<String> phones, String organization, String title) {}

    record Contacts(List<Contact> items, Optional<String> next) {}

    record Strings(List<String> items) {}
}
