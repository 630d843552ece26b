package dev.countersign.connector.sandbox;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.AttachmentInfo;
import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.Sent;
import dev.countersign.connector.workspace.Threading;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Mail over the sandbox's API. What is sent carries a Message-ID made from the call's key, so that it leaves once. */
final class SandboxMail implements MailService {
    private final Upstream upstream;

    SandboxMail(Upstream upstream) {
        this.upstream = upstream;
    }

    private static String messageId(String key) {
        return "<" + key + "@countersign.sandbox>";
    }

    @Override
    public List<Folder> folders() {
        return upstream.get("mail/folders").as(MailJson.Folders.class).items().stream()
                .map(one -> new Folder(one.id(), one.name(), role(one.id()), Optional.of(one.unread())))
                .toList();
    }

    private static Folder.Role role(String id) {
        return switch (id) {
            case "inbox" -> Folder.Role.INBOX;
            case "drafts" -> Folder.Role.DRAFTS;
            case "sent" -> Folder.Role.SENT;
            case "archive" -> Folder.Role.ARCHIVE;
            case "trash" -> Folder.Role.TRASH;
            case "spam" -> Folder.Role.SPAM;
            default -> Folder.Role.OTHER;
        };
    }

    @Override
    public Page<Message> search(MailQuery query, int limit, Optional<String> page) {
        var found = upstream.get("mail/messages")
                .query("text", query.text())
                .query("from", query.from())
                .query("to", query.to())
                .query("subject", query.subject())
                .query("folder", query.folder())
                .query("after", query.after().map(Instant::toString))
                .query("before", query.before().map(Instant::toString))
                .query("unread", query.unread())
                .query("attachment", query.attachment())
                .query("limit", limit)
                .query("cursor", page)
                .as(MailJson.Messages.class);
        return new Page<>(found.items().stream().map(SandboxMail::message).toList(), found.next());
    }

    @Override
    public Optional<Message> message(String messageId) {
        return Absent.ifNotFound(() -> message(read(messageId)));
    }

    private MailJson.Message read(String id) {
        return upstream.get("mail/messages/{id}", id).as(MailJson.Message.class);
    }

    @Override
    public List<Message> thread(String threadId) {
        return Absent.ifNotFound(
                        () -> upstream.get("mail/threads/{id}", threadId).as(MailJson.Messages.class).items().stream()
                                .map(SandboxMail::message)
                                .toList())
                .orElse(List.of());
    }

    @Override
    public Optional<FileContent> attachment(String messageId, String attachmentId) {
        var info = Absent.ifNotFound(() -> read(messageId)).stream()
                .flatMap(message -> message.attachments().stream())
                .filter(file -> file.id().equals(attachmentId))
                .findFirst();
        return info.flatMap(file -> Absent.ifNotFound(() -> new FileContent(
                file.name(),
                file.contentType(),
                upstream.get("mail/messages/{id}/attachments/{file}", messageId, attachmentId)
                        .bytes())));
    }

    @Override
    public Optional<Message> draft(String draftId) {
        return Absent.ifNotFound(
                () -> message(upstream.get("mail/drafts/{id}", draftId).as(MailJson.Message.class)));
    }

    @Override
    public Message createDraft(Outgoing mail, String key) {
        return message(upstream.post("mail/drafts")
                .header(Repeats.HEADER, key)
                .body(outgoing(mail, Optional.of(messageId(key))))
                .as(MailJson.Message.class));
    }

    @Override
    public Message updateDraft(String draftId, Outgoing mail, Optional<String> version, String key) {
        var request = upstream.put("mail/drafts/{id}", draftId)
                .header(Repeats.HEADER, key)
                .body(outgoing(mail, Optional.empty()));
        return message(Absent.ifMatch(request, version).as(MailJson.Message.class));
    }

    @Override
    public Sent sendDraft(String draftId, Optional<String> version, String key) {
        var request = upstream.post("mail/drafts/{id}/send", draftId)
                .header(Repeats.HEADER, key)
                .body(new MailJson.SendDraft(Optional.of(messageId(key))));
        return sent(Absent.ifMatch(request, version).as(MailJson.Message.class));
    }

    @Override
    public Sent send(Outgoing mail, String key) {
        return sent(upstream.post("mail/send")
                .header(Repeats.HEADER, key)
                .body(outgoing(mail, Optional.of(messageId(key))))
                .as(MailJson.Message.class));
    }

    @Override
    public Optional<Sent> sent(String key) {
        return Absent.ifNotFound(() -> sent(
                upstream.get("mail/sent").query("message-id", messageId(key)).as(MailJson.Message.class)));
    }

    @Override
    public Message move(String messageId, String folderId, String key) {
        return message(upstream.post("mail/messages/{id}/move", messageId)
                .header(Repeats.HEADER, key)
                .body(new MailJson.Move(folderId))
                .as(MailJson.Message.class));
    }

    @Override
    public Message trash(String messageId, String key) {
        return message(upstream.post("mail/messages/{id}/trash", messageId)
                .header(Repeats.HEADER, key)
                .as(MailJson.Message.class));
    }

    private static MailJson.Outgoing outgoing(Outgoing mail, Optional<String> messageId) {
        return new MailJson.Outgoing(
                messageId,
                Optional.of(parties(mail.to())),
                Optional.of(parties(mail.cc())),
                Optional.of(parties(mail.bcc())),
                Optional.of(mail.subject()),
                Optional.of(mail.text()),
                mail.threading().flatMap(Threading::inReplyTo),
                mail.threading()
                        .filter(threading -> threading.inReplyTo().isPresent())
                        .map(Threading::references),
                Optional.of(mail.attachments().stream()
                        .map(file -> new MailJson.NewAttachment(
                                file.name(),
                                file.mediaType(),
                                Base64.getEncoder().encodeToString(file.bytes())))
                        .toList()));
    }

    private static List<MailJson.Party> parties(List<Mailbox> boxes) {
        return boxes.stream()
                .map(box -> new MailJson.Party(box.address(), box.name().orElse("")))
                .toList();
    }

    private static Sent sent(MailJson.Message json) {
        return new Sent(json.messageId(), Optional.of(json.id()), Optional.of(json.thread()), List.of());
    }

    private static Message message(MailJson.Message json) {
        return new Message(
                json.id(),
                json.thread(),
                json.draft() ? Optional.of(json.id()) : Optional.empty(),
                Optional.of(json.messageId()),
                json.inReplyTo(),
                json.references(),
                box(json.from()),
                boxes(json.to()),
                boxes(json.cc()),
                boxes(json.bcc()),
                boxes(json.replyTo()),
                json.subject(),
                Instant.parse(json.date()).atOffset(ZoneOffset.UTC),
                List.of(json.folder()),
                !json.read(),
                json.snippet(),
                json.text().map(text -> new Body(text, json.html())),
                json.attachments().stream()
                        .map(file ->
                                new AttachmentInfo(file.id(), file.name(), file.contentType(), file.bytes(), false))
                        .toList(),
                Optional.of(json.etag()));
    }

    private static List<Mailbox> boxes(List<MailJson.Party> parties) {
        return parties.stream().map(SandboxMail::box).toList();
    }

    private static Mailbox box(MailJson.Party party) {
        return new Mailbox(party.address(), Optional.of(party.name()).filter(name -> !name.isEmpty()));
    }
}
