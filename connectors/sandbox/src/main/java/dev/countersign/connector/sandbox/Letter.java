package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.MailJson.Recipients;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message in one person's mailbox.
 *
 * @param thread the conversation in this mailbox
 * @param folderBefore where it was before it went to the trash
 * @param outgoing whether this mailbox sent it
 */
record Letter(
        String id,
        String person,
        String thread,
        String folder,
        Optional<String> folderBefore,
        String messageId,
        Optional<String> inReplyTo,
        List<String> references,
        MailJson.Party from,
        Recipients recipients,
        String subject,
        String text,
        Optional<String> html,
        Instant at,
        boolean read,
        boolean outgoing,
        long version,
        List<File> files) {

    static final String INBOX = "inbox";
    static final String DRAFTS = "drafts";
    static final String SENT = "sent";
    static final String TRASH = "trash";
    static final String SPAM = "spam";

    private static final int SNIPPET_LENGTH = 200;

    /** An attachment without its content. */
    record File(String id, String name, String contentType, long bytes) {
        static File of(ResultSet row) throws SQLException {
            return new File(
                    row.getString("id"), row.getString("name"), row.getString("content_type"), row.getLong("bytes"));
        }
    }

    static Letter of(ResultSet row, List<File> files) throws SQLException {
        return new Letter(
                row.getString("id"),
                row.getString("person"),
                row.getString("thread"),
                row.getString("folder"),
                Store.maybe(row, "folder_before"),
                row.getString("message_id"),
                Store.maybe(row, "in_reply_to"),
                Json.read(row.getString("refs"), MailJson.Strings.class).items(),
                new MailJson.Party(row.getString("sender_address"), row.getString("sender_name")),
                Json.read(row.getString("recipients"), Recipients.class),
                row.getString("subject"),
                row.getString("body_text"),
                Store.maybe(row, "body_html"),
                Store.instant(row, "at"),
                row.getInt("is_read") == 1,
                row.getInt("outgoing") == 1,
                row.getLong("version"),
                files);
    }

    String etag() {
        return "\"" + version + "\"";
    }

    boolean draft() {
        return folder.equals(DRAFTS) && !outgoing;
    }

    String snippet() {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SNIPPET_LENGTH ? line : line.substring(0, SNIPPET_LENGTH) + "…";
    }

    /** @param whole with its text */
    MailJson.Message json(boolean whole, String issuer) {
        return new MailJson.Message(
                id,
                etag(),
                thread,
                folder,
                messageId,
                inReplyTo,
                references,
                from,
                recipients.to(),
                recipients.cc(),
                recipients.bcc(),
                recipients.replyTo(),
                subject,
                at.toString(),
                read,
                draft(),
                snippet(),
                whole ? Optional.of(text) : Optional.empty(),
                whole ? html : Optional.empty(),
                files.stream()
                        .map(file -> new MailJson.Attachment(file.id(), file.name(), file.contentType(), file.bytes()))
                        .toList(),
                issuer + "/mail/" + id);
    }
}
