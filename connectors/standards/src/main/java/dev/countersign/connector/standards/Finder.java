package dev.countersign.connector.standards;

import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/** Finds messages by their ids, in the folder they were in or in the one that they have been moved to. */
final class Finder {
    /** What is done with a message that was found; its folder is open. */
    @FunctionalInterface
    interface Found<T> {
        T on(IMAPFolder folder, IMAPMessage message) throws MessagingException, IOException;
    }

    private final Imap imap;
    private final Places places;

    Finder(Imap imap, Places places) {
        this.imap = imap;
        this.places = places;
    }

    <T> Optional<T> read(String messageId, Found<T> found) throws MessagingException, IOException {
        return find(messageId, imap::read, found);
    }

    <T> Optional<T> write(String messageId, Found<T> found) throws MessagingException, IOException {
        return find(messageId, imap::write, found);
    }

    /** Opens a folder to read or to write. */
    @FunctionalInterface
    private interface Opening<T> {
        Optional<T> in(String folder, Imap.FolderWork<Optional<T>> work) throws MessagingException, IOException;
    }

    private <T> Optional<T> find(String messageId, Opening<T> opening, Found<T> found)
            throws MessagingException, IOException {
        var parsed = MailId.parse(messageId);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        var id = parsed.get();
        if (places.existing().stream().anyMatch(place -> place.id().equals(id.folder()))) {
            var there = opening.in(id.folder(), folder -> byUid(folder, id, found));
            if (there.isPresent()) {
                return there;
            }
        }
        for (var place : places.existing()) {
            var there = opening.in(place.id(), folder -> byMark(folder, id, found));
            if (there.isPresent()) {
                return there;
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<T> byUid(IMAPFolder folder, MailId id, Found<T> found)
            throws MessagingException, IOException {
        if (folder.getUIDValidity() != id.validity()) {
            return Optional.empty();
        }
        var message = (IMAPMessage) folder.getMessageByUID(id.uid());
        return message == null || message.isSet(Flags.Flag.DELETED)
                ? Optional.empty()
                : Optional.of(found.on(folder, message));
    }

    private static <T> Optional<T> byMark(IMAPFolder folder, MailId id, Found<T> found)
            throws MessagingException, IOException {
        var day = LocalDate.ofInstant(Instant.ofEpochSecond(id.seconds()), ZoneOffset.UTC);
        var uids =
                new Criteria().since(day.minusDays(1)).before(day.plusDays(2)).search(folder);
        for (var message : messages(folder, uids)) {
            if (id.means(message)) {
                return Optional.of(found.on(folder, message));
            }
        }
        return Optional.empty();
    }

    /** Those of the UIDs that are still there, with what their ids are made of. */
    static List<IMAPMessage> messages(IMAPFolder folder, long[] uids) throws MessagingException {
        if (uids.length == 0) {
            return List.of();
        }
        var messages = Arrays.stream(folder.getMessagesByUID(uids))
                .filter(message -> message != null)
                .toArray(Message[]::new);
        folder.fetch(messages, MailId.profile());
        return Arrays.stream(messages).map(IMAPMessage.class::cast).toList();
    }
}
