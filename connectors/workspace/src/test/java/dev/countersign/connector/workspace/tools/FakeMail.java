package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.UpstreamException;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mailbox in memory. */
final class FakeMail implements MailService {
    final Map<String, Message> messages = new LinkedHashMap<>();
    final Map<String, FileContent> files = new LinkedHashMap<>();
    final Map<String, Outgoing> sent = new LinkedHashMap<>();
    final List<String> changes = new ArrayList<>();

    FakeMail put(Message message) {
        messages.put(message.id(), message);
        return this;
    }

    @Override
    public List<Folder> folders() {
        return List.of(
                new Folder("F1", "Inbox", Folder.Role.INBOX, Optional.of(3)),
                new Folder("F2", "Trash", Folder.Role.TRASH, Optional.empty()),
                new Folder("F3", "Projects/Atlas", Folder.Role.OTHER, Optional.empty()));
    }

    @Override
    public Page<Message> search(MailQuery query, int limit, Optional<String> page) {
        return Page.last(messages.values().stream().limit(limit).toList());
    }

    @Override
    public Optional<Message> message(String messageId) {
        return Optional.ofNullable(messages.get(messageId));
    }

    @Override
    public List<Message> thread(String threadId) {
        return messages.values().stream()
                .filter(message -> message.threadId().equals(threadId))
                .toList();
    }

    @Override
    public Optional<FileContent> attachment(String messageId, String attachmentId) {
        return Optional.ofNullable(files.get(messageId + "/" + attachmentId));
    }

    @Override
    public Optional<Message> draft(String draftId) {
        return messages.values().stream()
                .filter(message -> message.draftId().equals(Optional.of(draftId)))
                .findFirst();
    }

    private Message draft(String id, Outgoing mail, String version) {
        var files = new ArrayList<AttachmentInfo>();
        for (var file : mail.attachments()) {
            var fileId = "f" + files.size();
            files.add(new AttachmentInfo(fileId, file.name(), file.mediaType(), file.size(), false));
            this.files.put(id + "/" + fileId, file);
        }
        var draft = new Message(
                id,
                mail.threading().flatMap(Threading::threadId).orElse("t-" + id),
                Optional.of("d-" + id),
                Optional.empty(),
                mail.threading().flatMap(Threading::inReplyTo),
                mail.threading().map(Threading::references).orElse(List.of()),
                Mailbox.of("alice@work.example"),
                mail.to(),
                mail.cc(),
                mail.bcc(),
                List.of(),
                mail.subject(),
                OffsetDateTime.parse("2026-11-23T08:00:00+01:00"),
                List.of("drafts"),
                false,
                mail.text(),
                Optional.of(new Body(mail.text(), Optional.empty())),
                files,
                Optional.of(version));
        put(draft);
        return draft;
    }

    @Override
    public Message createDraft(Outgoing mail, String key) {
        changes.add("draft");
        return draft("m" + messages.size(), mail, "1");
    }

    @Override
    public Message updateDraft(String draftId, Outgoing mail, Optional<String> version, String key) {
        changes.add("update " + draftId);
        return draft(draft(draftId).orElseThrow().id(), mail, version.orElse("") + "+");
    }

    @Override
    public Sent sendDraft(String draftId, Optional<String> version, String key) {
        var draft = draft(draftId).orElseThrow();
        if (!draft.version().equals(version)) {
            throw new UpstreamException(UpstreamException.Kind.CONFLICT, "changed meanwhile");
        }
        messages.remove(draft.id());
        changes.add("send " + draftId);
        return new Sent("<" + key + "@fake>", Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public Sent send(Outgoing mail, String key) {
        sent.putIfAbsent(key, mail);
        return sent(key).orElseThrow();
    }

    @Override
    public Optional<Sent> sent(String key) {
        return sent.containsKey(key)
                ? Optional.of(new Sent("<" + key + "@fake>", Optional.empty(), Optional.empty(), List.of()))
                : Optional.empty();
    }

    @Override
    public Message move(String messageId, String folderId, String key) {
        changes.add("move " + messageId + " " + folderId);
        return messages.get(messageId);
    }

    @Override
    public Message trash(String messageId, String key) {
        changes.add("trash " + messageId);
        return messages.get(messageId);
    }
}
