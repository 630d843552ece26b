package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Folder.Role;
import dev.countersign.connector.workspace.Sent;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPMessage;

/**
 * Sends a message once. SMTP remembers nothing, so the mailbox does: a note, which is the message itself, is put among the
 * drafts before the mail host is asked, and becomes the copy among the sent mail once the host has taken it. A note that is
 * found again is a message of which nobody knows whether it left; it is not sent again.
 */
final class Outbox {
    private final Upstream upstream;
    private final String own;

    Outbox(Upstream upstream, String own) {
        this.upstream = upstream;
        this.own = own;
    }

    /** @param letter with {@link CallKey#sentId} as its {@code Message-ID} */
    Sent send(CallKey call, Letter letter) {
        var messageId = call.sentId(own);
        var earlier = earlier(call);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        note(messageId, letter);
        var refused = submitted(messageId, letter);
        return new Sent(messageId, filed(messageId), thread(letter), refused);
    }

    /** Of a letter that left nothing may fail. */
    private static Optional<String> thread(Letter letter) {
        try {
            return MessageReading.root(letter.message());
        } catch (MessagingException e) {
            return Optional.empty();
        }
    }

    /** What an earlier run of the call sent, as far as sent mail and drafts say. Fails when that is not known. */
    Optional<Sent> earlier(CallKey call) {
        return Imap.with(upstream, imap -> {
            var places = Places.of(imap);
            return find(imap, List.of(places.role(Role.SENT), places.role(Role.DRAFTS)), call.sentId(own));
        });
    }

    /** The same, as far as the whole mailbox says: the person may have moved the copy. */
    Optional<Sent> sent(CallKey call) {
        return Imap.with(upstream, imap -> {
            var places = new ArrayList<Places.Place>();
            var all = Places.of(imap);
            places.add(all.role(Role.SENT));
            all.existing().stream().filter(place -> place.role() != Role.SENT).forEach(places::add);
            return find(imap, places, call.sentId(own));
        });
    }

    private static Optional<Sent> find(Imap imap, List<Places.Place> places, String messageId)
            throws MessagingException, IOException {
        var noted = false;
        for (var place : places) {
            if (place.exists()) {
                for (var copy : copies(imap, place, messageId)) {
                    if (!copy.note()) {
                        return Optional.of(copy.sent());
                    }
                    noted = true;
                }
            }
        }
        if (noted) {
            throw unknown();
        }
        return Optional.empty();
    }

    private record Copy(boolean note, Sent sent) {}

    private static List<Copy> copies(Imap imap, Places.Place place, String messageId)
            throws MessagingException, IOException {
        return imap.read(place.id(), folder -> {
            var copies = new ArrayList<Copy>();
            for (var message : Finder.messages(folder, named(messageId).search(folder))) {
                var note =
                        place.role() == Role.DRAFTS || (place.role() != Role.SENT && message.isSet(Flags.Flag.DRAFT));
                var id = MailId.of(folder, message).text();
                copies.add(
                        new Copy(note, new Sent(messageId, Optional.of(id), MessageReading.root(message), List.of())));
            }
            return copies;
        });
    }

    static Criteria named(String messageId) {
        return new Criteria().header("Message-ID", messageId);
    }

    private static UpstreamException unknown() {
        return new UpstreamException(
                Kind.NO_ANSWER,
                "The mail host was asked to send this mail and whether it did is not known. The mail lies among the"
                        + " drafts. Ask the person whether it arrived before it is written again.");
    }

    /** Of two runs that come here at once the one whose note is the first goes on. */
    private void note(String messageId, Letter letter) {
        var first = Imap.<Boolean>with(upstream, imap -> {
            var drafts = Places.of(imap).role(Role.DRAFTS);
            DraftBox.append(imap, drafts, letter);
            return imap.read(drafts.id(), folder -> named(messageId).search(folder).length == 1);
        });
        if (!first) {
            throw unknown();
        }
    }

    /** The note goes when the host surely took nothing. */
    private List<String> submitted(String messageId, Letter letter) {
        try {
            return Submission.send(upstream, letter, own);
        } catch (UpstreamException e) {
            if (e.kind() != Kind.NO_ANSWER) {
                forget(messageId, e);
            }
            throw e;
        }
    }

    private void forget(String messageId, UpstreamException reason) {
        try {
            Imap.<Boolean>with(upstream, imap -> {
                var drafts = Places.of(imap).role(Role.DRAFTS);
                return imap.write(drafts.id(), folder -> {
                    var notes = Finder.messages(folder, named(messageId).search(folder));
                    Moving.remove(imap, folder, notes.toArray(Message[]::new));
                    return true;
                });
            });
        } catch (UpstreamException e) {
            reason.addSuppressed(e);
        }
    }

    /** The id of the copy among the sent mail. That it could not be put there takes nothing away: the mail has left. */
    private Optional<String> filed(String messageId) {
        try {
            return Imap.with(upstream, imap -> file(imap, messageId));
        } catch (UpstreamException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> file(Imap imap, String messageId) throws MessagingException, IOException {
        var places = Places.of(imap);
        var sent = places.role(Role.SENT);
        // some hosts put what they take there themselves
        var there = sent.exists() && !copies(imap, sent, messageId).isEmpty();
        imap.write(places.role(Role.DRAFTS).id(), folder -> {
            var notes = Finder.messages(folder, named(messageId).search(folder)).toArray(Message[]::new);
            if (there) {
                Moving.remove(imap, folder, notes);
            } else {
                Moving.move(imap, folder, notes, sent);
            }
            return notes.length;
        });
        return imap.write(sent.id(), folder -> {
            var copies = Finder.messages(folder, named(messageId).search(folder));
            for (IMAPMessage copy : copies) {
                copy.setFlag(Flags.Flag.DRAFT, false);
            }
            return copies.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MailId.of(folder, copies.getFirst()).text());
        });
    }
}
