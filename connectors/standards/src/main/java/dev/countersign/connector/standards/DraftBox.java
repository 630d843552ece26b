package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Folder.Role;
import dev.countersign.connector.workspace.Message;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/**
 * The drafts. A message never changes in IMAP: a draft that changes is another message with the same {@code Message-ID},
 * which is the draft's id; its UID is the version.
 */
final class DraftBox {
    private static final int MOST_BYTES = 35 * 1024 * 1024;

    private final Imap imap;
    private final Places places;
    private final MessageReading reading;

    DraftBox(Imap imap, Places places, MessageReading reading) {
        this.imap = imap;
        this.places = places;
        this.reading = reading;
    }

    static String version(MailId id) {
        return id.validity() + "." + id.uid();
    }

    static void append(Imap imap, Places.Place drafts, Letter letter) throws MessagingException {
        Places.make(imap, drafts);
        var message = letter.message();
        message.setFlag(Flags.Flag.DRAFT, true);
        message.setFlag(Flags.Flag.SEEN, true);
        ((IMAPFolder) imap.store().getFolder(drafts.id())).appendMessages(new jakarta.mail.Message[] {message});
    }

    /** What is done with a draft, its folder being open. */
    private <T> Optional<T> at(String draftId, Finder.Found<T> found) throws MessagingException, IOException {
        if (CallKey.isSent("<" + draftId + ">")) {
            throw new ToolException(
                    "This is a mail that was being sent, and whether it was is not known. Ask the person"
                            + " whether it arrived; to send it anyway, write it anew.");
        }
        var drafts = places.role(Role.DRAFTS);
        if (!drafts.exists()) {
            return Optional.empty();
        }
        return imap.write(drafts.id(), folder -> {
            var versions = versions(folder, draftId);
            return versions.isEmpty() ? Optional.empty() : Optional.of(found.on(folder, versions.getLast()));
        });
    }

    /** The last one is the draft; there are others for a moment only, or after a crash. */
    private static List<IMAPMessage> versions(IMAPFolder folder, String draftId) throws MessagingException {
        var named = new ArrayList<IMAPMessage>();
        var uids = Outbox.named("<" + draftId + ">").search(folder);
        for (var message : Finder.messages(folder, Arrays.stream(uids).sorted().toArray())) {
            if (MessageReading.messageId(message).equals(Optional.of("<" + draftId + ">"))) {
                named.add(message);
            }
        }
        var nameless = MailId.parse(draftId).filter(id -> id.folder().equals(folder.getFullName()));
        if (named.isEmpty() && nameless.isPresent()) {
            Finder.messages(folder, new long[] {nameless.get().uid()}).stream()
                    .filter(message -> !isDeleted(message))
                    .forEach(named::add);
        }
        return named;
    }

    private static boolean isDeleted(IMAPMessage message) {
        try {
            return message.isSet(Flags.Flag.DELETED);
        } catch (MessagingException e) {
            return true;
        }
    }

    Optional<Message> read(String draftId) throws MessagingException, IOException {
        return at(draftId, reading::message);
    }

    Message create(Letter letter, String draftId) throws MessagingException, IOException {
        var there = read(draftId);
        if (there.isPresent()) {
            return there.get();
        }
        append(imap, places.role(Role.DRAFTS), letter);
        return new DraftBox(imap, Places.of(imap), reading).read(draftId).orElseThrow(DraftBox::missing);
    }

    /** Whether the draft is what this call has made of it. */
    boolean isOf(String draftId, CallKey call) throws MessagingException, IOException {
        return at(
                        draftId,
                        (folder, message) -> Optional.ofNullable(message.getHeader(CallKey.HEADER)).stream()
                                .flatMap(Arrays::stream)
                                .anyMatch(call.key()::equals))
                .orElse(false);
    }

    /** Looks right before the change: IMAP takes no condition with it. */
    void check(String draftId, Optional<String> version) throws MessagingException, IOException {
        var there = at(draftId, (folder, message) -> version(MailId.of(folder, message)))
                .orElseThrow(DraftBox::missing);
        if (version.isPresent() && !version.get().equals(there)) {
            throw new UpstreamException(Kind.CONFLICT, "The draft has changed meanwhile. Read it again, then decide.");
        }
    }

    /** Puts the letter in the place of the draft. */
    Message replace(String draftId, Letter letter) throws MessagingException, IOException {
        append(imap, places.role(Role.DRAFTS), letter);
        return dropOlder(draftId);
    }

    Message dropOlder(String draftId) throws MessagingException, IOException {
        imap.write(places.role(Role.DRAFTS).id(), folder -> {
            var versions = versions(folder, draftId);
            if (versions.size() > 1) {
                var older = versions.subList(0, versions.size() - 1);
                Moving.remove(imap, folder, older.toArray(jakarta.mail.Message[]::new));
            }
            return versions.size();
        });
        return read(draftId).orElseThrow(DraftBox::missing);
    }

    Letter letter(String draftId) throws MessagingException, IOException {
        return at(draftId, (folder, message) -> {
                    if (message.getSize() > MOST_BYTES) {
                        throw new ToolException(
                                "The draft is too large to be sent from here. Send it in the mail program.");
                    }
                    var bytes = new ByteArrayOutputStream();
                    message.writeTo(bytes);
                    return Letter.of(bytes.toByteArray());
                })
                .orElseThrow(DraftBox::missing);
    }

    /** Takes away a draft that has been sent, unless it has changed since. */
    void drop(String draftId, Optional<String> version) throws MessagingException, IOException {
        at(draftId, (folder, message) -> {
            var there = version(MailId.of(folder, message));
            var same = version.filter(one -> !one.equals(there)).isEmpty();
            if (same) {
                Moving.remove(imap, folder, new jakarta.mail.Message[] {message});
            }
            return same;
        });
    }

    static UpstreamException missing() {
        return new UpstreamException(
                Kind.NOT_FOUND, "The draft is not there. Call mail_search with folder drafts and use an id from it.");
    }
}
