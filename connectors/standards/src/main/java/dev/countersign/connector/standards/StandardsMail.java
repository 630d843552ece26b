package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.Folder.Role;
import dev.countersign.connector.workspace.MailQuery;
import dev.countersign.connector.workspace.MailService;
import dev.countersign.connector.workspace.Message;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.Sent;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mail over IMAP and SMTP. What is written carries the call's key, so that it is written and sent once. */
final class StandardsMail implements MailService {
    private final Upstream upstream;
    private final Clock clock;

    StandardsMail(Upstream upstream) {
        this(upstream, Clock.systemUTC());
    }

    StandardsMail(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    private String own() {
        return Own.address(upstream);
    }

    private Date now() {
        return Date.from(clock.instant());
    }

    /** What is done with the mailbox, its folders being known. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Imap imap, Places places, MessageReading reading) throws MessagingException, IOException;
    }

    private <T> T with(Work<T> work) {
        return Imap.with(upstream, imap -> {
            var places = Places.of(imap);
            return work.on(imap, places, new MessageReading(places, own()));
        });
    }

    @FunctionalInterface
    private interface DraftWork<T> {
        T on(DraftBox drafts) throws MessagingException, IOException;
    }

    @Override
    public List<Folder> folders() {
        return with((imap, places, reading) -> {
            var folders = new ArrayList<Folder>();
            for (var place : places.all()) {
                var unread = place.role() == Role.INBOX
                        ? Optional.of(imap.store().getFolder(place.id()).getUnreadMessageCount())
                        : Optional.<Integer>empty();
                folders.add(Places.folder(place, unread));
            }
            return folders;
        });
    }

    @Override
    public Page<Message> search(MailQuery query, int limit, Optional<String> page) {
        return with(
                (imap, places, reading) -> new MailSearch(imap, places, reading, clock).messages(query, limit, page));
    }

    @Override
    public Optional<Message> message(String messageId) {
        return with((imap, places, reading) -> new Finder(imap, places).read(messageId, reading::message));
    }

    @Override
    public List<Message> thread(String threadId) {
        return with((imap, places, reading) -> new Conversation(imap, places, reading).messages(threadId));
    }

    @Override
    public Optional<FileContent> attachment(String messageId, String attachmentId) {
        return with((imap, places, reading) -> new Finder(imap, places)
                .read(messageId, (folder, mime) -> MessageParts.of(mime).attachment(attachmentId))
                .flatMap(file -> file));
    }

    @Override
    public Optional<Message> draft(String draftId) {
        return drafts(box -> box.read(draftId));
    }

    private <T> T drafts(DraftWork<T> work) {
        return with((imap, places, reading) -> work.on(new DraftBox(imap, places, reading)));
    }

    @Override
    public Message createDraft(Outgoing mail, String key) {
        var id = new CallKey(key).draftId(own());
        var letter = MailWriter.letter(mail, own(), id, Map.of(CallKey.HEADER, key), now());
        return drafts(box -> box.create(letter, id.substring(1, id.length() - 1)));
    }

    @Override
    public Message updateDraft(String draftId, Outgoing mail, Optional<String> version, String key) {
        var call = new CallKey(key);
        return drafts(box -> {
            if (box.isOf(draftId, call)) {
                return box.dropOlder(draftId);
            }
            box.check(draftId, version);
            if (MailId.parse(draftId).isPresent()) {
                throw new ToolException(
                        "This draft has no Message-ID and cannot be changed from here. Change it in the mail"
                                + " program, or write it anew with mail_create_draft.");
            }
            var letter = MailWriter.letter(mail, own(), "<" + draftId + ">", Map.of(CallKey.HEADER, key), now());
            return box.replace(draftId, letter);
        });
    }

    /** A draft that was sent by an earlier run of this call goes now, if it did not then. */
    @Override
    public Sent sendDraft(String draftId, Optional<String> version, String key) {
        var call = new CallKey(key);
        var outbox = new Outbox(upstream, own());
        var earlier = outbox.earlier(call);
        var sent = earlier.isPresent() ? earlier.get() : outbox.send(call, leaving(draftId, version, call));
        try {
            drafts(box -> {
                box.drop(draftId, version);
                return true;
            });
        } catch (UpstreamException e) {
            // it has left: a draft too many is the lesser evil
        }
        return sent;
    }

    private Letter leaving(String draftId, Optional<String> version, CallKey call) {
        return drafts(box -> {
            box.check(draftId, version);
            return box.letter(draftId).leaving(call.sentId(own()), now());
        });
    }

    @Override
    public Sent send(Outgoing mail, String key) {
        var call = new CallKey(key);
        var letter = MailWriter.letter(mail, own(), call.sentId(own()), Map.of(), now());
        return new Outbox(upstream, own()).send(call, letter);
    }

    @Override
    public Optional<Sent> sent(String key) {
        return new Outbox(upstream, own()).sent(new CallKey(key));
    }

    @Override
    public Message move(String messageId, String folderId, String key) {
        return with((imap, places, reading) -> {
            var to = places.named(folderId);
            if (to.role() == Role.DRAFTS || to.role() == Role.SENT) {
                throw new ToolException("What is sent or a draft lies there by itself. Move it to another folder.");
            }
            var finder = new Finder(imap, places);
            var moved = finder.write(messageId, (folder, mime) -> {
                if (!folder.getFullName().equals(to.id())) {
                    Moving.move(imap, folder, new jakarta.mail.Message[] {mime}, to);
                }
                return true;
            });
            if (moved.isEmpty()) {
                throw missing();
            }
            return new Finder(imap, Places.of(imap))
                    .read(messageId, reading::brief)
                    .orElseThrow(StandardsMail::missing);
        });
    }

    @Override
    public Message trash(String messageId, String key) {
        return move(messageId, "trash", key);
    }

    private static UpstreamException missing() {
        return new UpstreamException(
                Kind.NOT_FOUND, "The message is gone. Search again, and use an id from the answer.");
    }
}
