package dev.countersign.connector.standards;

import jakarta.mail.FetchProfile;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/**
 * What takes one to a message: where it was, RFC 9051 section 2.3.1.1, and by what it is known again once it has been moved,
 * for moving gives it another UID and keeps the rest.
 *
 * @param seconds its internal date, since 1970
 * @param mark made from its {@code Message-ID} and size
 */
record MailId(long uid, long validity, long seconds, String mark, String folder) {
    private static final int PARTS = 5;
    private static final int MARK_BITS = 40;

    /** What must be known of a message before it has an id. */
    static FetchProfile profile() {
        var profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        profile.add(jakarta.mail.UIDFolder.FetchProfileItem.UID);
        return profile;
    }

    static MailId of(IMAPFolder folder, IMAPMessage message) throws MessagingException {
        return new MailId(
                folder.getUID(message),
                folder.getUIDValidity(),
                received(message).getEpochSecond(),
                mark(message),
                folder.getFullName());
    }

    static Instant received(IMAPMessage message) throws MessagingException {
        return Optional.ofNullable(message.getReceivedDate())
                .map(date -> date.toInstant())
                .orElse(Instant.EPOCH);
    }

    private static String mark(IMAPMessage message) throws MessagingException {
        try {
            var text = message.getMessageID() + " " + message.getSize();
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var bits = 0L;
            for (var i = 0; i < MARK_BITS / Byte.SIZE; i++) {
                bits = bits << Byte.SIZE | Byte.toUnsignedLong(digest[i]);
            }
            return Long.toString(bits, Character.MAX_RADIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this is the same message, wherever it is now. */
    boolean means(IMAPMessage message) throws MessagingException {
        return seconds == received(message).getEpochSecond() && mark.equals(mark(message));
    }

    String text() {
        return number(uid) + "-" + number(validity) + "-" + number(seconds) + "-" + mark + "-" + folder;
    }

    private static String number(long value) {
        return Long.toString(value, Character.MAX_RADIX);
    }

    static Optional<MailId> parse(String text) {
        var parts = text.split("-", PARTS);
        if (parts.length < PARTS || parts[PARTS - 1].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new MailId(value(parts[0]), value(parts[1]), value(parts[2]), parts[3], parts[PARTS - 1]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long value(String text) {
        return Long.parseLong(text, Character.MAX_RADIX);
    }
}
