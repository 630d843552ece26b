package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Graph's message as ours, with the names of its files. */
final class MessageReading {
    /** {@code PidTagInReplyToId}, MS-OXOMSG section 2.2.1.26. */
    static final String IN_REPLY_TO = "String 0x1042";

    /** {@code PidTagInternetReferences}, MS-OXOMSG section 2.2.1.27. */
    static final String REFERENCES = "String 0x1039";

    /** What is not among a message's own fields. */
    static final String EXPAND = ExtendedProperty.expand(List.of(IN_REPLY_TO, REFERENCES, CallKey.PROPERTY));

    private static final int MAX_SNIPPET = 300;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]+>");

    private final Upstream upstream;
    private final Owner owner;

    /** @param owner asked for a message that names no sender, as a new draft may */
    MessageReading(Upstream upstream, Owner owner) {
        this.upstream = upstream;
        this.owner = owner;
    }

    /** With their bodies. */
    List<Message> whole(List<MailJson.Message> messages) {
        return read(messages, true);
    }

    Message whole(MailJson.Message message) {
        return whole(List.of(message)).getFirst();
    }

    /** Without their bodies. */
    List<Message> brief(List<MailJson.Message> messages) {
        return read(messages, false);
    }

    private List<Message> read(List<MailJson.Message> messages, boolean bodies) {
        var files = files(messages);
        return messages.stream()
                .map(json -> message(
                        json,
                        bodies ? json.body().map(MessageReading::body) : Optional.empty(),
                        files.getOrDefault(json.id(), List.of())))
                .toList();
    }

    private Map<String, List<AttachmentInfo>> files(List<MailJson.Message> messages) {
        var reads = messages.stream()
                .filter(MessageReading::mayHaveFiles)
                .map(json -> new GraphBatch.Read("me/messages/", json.id(), "/attachments", MailJson.ATTACHMENT))
                .toList();
        return new GraphBatch(upstream)
                .read(reads, MailJson.Attachments.class).entrySet().stream()
                        .collect(Collectors.toMap(one -> one.getKey().id(), one -> infos(one.getValue())));
    }

    /** {@code hasAttachments} says nothing of files that the text shows in its midst. */
    private static boolean mayHaveFiles(MailJson.Message json) {
        return json.hasAttachments().orElse(false)
                || json.body()
                        .flatMap(CalendarJson.Body::content)
                        .filter(text -> text.contains("cid:"))
                        .isPresent();
    }

    private static List<AttachmentInfo> infos(MailJson.Attachments attachments) {
        return attachments.value().stream()
                .map(one -> new AttachmentInfo(
                        one.id(),
                        name(one),
                        one.contentType().orElse("application/octet-stream"),
                        one.size().orElse(0L),
                        one.isInline().orElse(false)))
                .toList();
    }

    static String name(MailJson.Attachment one) {
        return Absent.filled(one.name()).orElse("noname");
    }

    private Message message(MailJson.Message json, Optional<Body> body, List<AttachmentInfo> files) {
        return new Message(
                json.id(),
                json.conversationId().orElse(json.id()),
                json.draft() ? Optional.of(json.id()) : Optional.empty(),
                json.internetMessageId(),
                ids(json, IN_REPLY_TO).stream().findFirst(),
                ids(json, REFERENCES),
                json.from().stream()
                        .flatMap(MessageReading::boxes)
                        .findFirst()
                        .orElseGet(() -> Mailbox.of(owner.address())),
                boxes(json.toRecipients()),
                boxes(json.ccRecipients()),
                boxes(json.bccRecipients()),
                boxes(json.replyTo()),
                json.subject().orElse(""),
                date(json),
                json.parentFolderId().stream().toList(),
                !json.isRead().orElse(true),
                snippet(json),
                body,
                files,
                // only a draft's content changes; reading a mail must not void an answer about it
                json.draft() ? json.version() : Optional.empty());
    }

    private static List<String> ids(MailJson.Message json, String property) {
        return MESSAGE_ID
                .matcher(ExtendedProperty.value(json.singleValueExtendedProperties(), property)
                        .orElse(""))
                .results()
                .map(found -> found.group())
                .toList();
    }

    private static List<Mailbox> boxes(List<CalendarJson.Recipient> recipients) {
        return recipients.stream().flatMap(MessageReading::boxes).toList();
    }

    private static Stream<Mailbox> boxes(CalendarJson.Recipient recipient) {
        return recipient.emailAddress().stream()
                .flatMap(box -> Absent.filled(box.address()).stream()
                        .map(address ->
                                new Mailbox(address, Absent.filled(box.name()).filter(name -> !name.equals(address)))));
    }

    static OffsetDateTime date(MailJson.Message json) {
        return json.receivedDateTime()
                .map(OffsetDateTime::parse)
                .orElse(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
    }

    private static String snippet(MailJson.Message json) {
        var text = json.bodyPreview().orElse("").strip();
        return text.length() <= MAX_SNIPPET ? text : text.substring(0, MAX_SNIPPET - 1) + "…";
    }

    private static Body body(CalendarJson.Body body) {
        return new Body(
                EventReading.text(body),
                body.content().filter(text -> body.contentType().equalsIgnoreCase("html")));
    }
}
