package dev.countersign.connector.standards;

import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.Folder.Role;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import jakarta.mail.Address;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;

/** A message of the mailbox as ours. */
final class MessageReading {
    /** Starts the id of a conversation that is one message without a {@code Message-ID}. */
    static final String ALONE = "alone:";

    private static final int MAX_SNIPPET = 300;
    private static final int SNIPPET_BYTES = 4096;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]+>");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Places places;
    private final Mailbox own;

    /** @param own stands for the sender of a message that names none, as a draft may */
    MessageReading(Places places, String own) {
        this.places = places;
        this.own = Mailbox.of(own);
    }

    /** What is read of each message in a list, in one request. */
    static FetchProfile profile() {
        var profile = MailId.profile();
        profile.add(FetchProfile.Item.CONTENT_INFO);
        profile.add("References");
        profile.add("In-Reply-To");
        profile.add("Message-ID");
        return profile;
    }

    Message message(IMAPFolder folder, IMAPMessage mime) throws MessagingException, IOException {
        return message(folder, mime, Optional.of(MessageParts.of(mime).body()));
    }

    /** Without its body. */
    Message brief(IMAPFolder folder, IMAPMessage mime) throws MessagingException, IOException {
        return message(folder, mime, Optional.empty());
    }

    private Message message(IMAPFolder folder, IMAPMessage mime, Optional<Body> body)
            throws MessagingException, IOException {
        var id = MailId.of(folder, mime);
        var parts = MessageParts.of(mime);
        var draft = draftId(folder, mime, id);
        var from = boxes(mime.getFrom());
        var replyTo = boxes(mime.getReplyTo());
        return new Message(
                id.text(),
                threadId(mime, id),
                draft,
                messageId(mime),
                inReplyTo(mime),
                ids(mime, "References"),
                from.stream().findFirst().orElse(own),
                boxes(mime.getRecipients(RecipientType.TO)),
                boxes(mime.getRecipients(RecipientType.CC)),
                boxes(mime.getRecipients(RecipientType.BCC)),
                replyTo.equals(from) ? List.of() : replyTo,
                Optional.ofNullable(mime.getSubject()).orElse(""),
                MailId.received(mime).atOffset(ZoneOffset.UTC),
                List.of(folder.getFullName()),
                !mime.isSet(Flags.Flag.SEEN),
                snippet(body.isPresent() ? body.get().text() : parts.start(SNIPPET_BYTES)),
                body,
                parts.attachments(),
                draft.map(one -> DraftBox.version(id)));
    }

    /** A note of what is being sent lies among the drafts and is none. */
    private Optional<String> draftId(IMAPFolder folder, IMAPMessage mime, MailId id) throws MessagingException {
        var among = places.role(Role.DRAFTS).id().equals(folder.getFullName());
        var named = messageId(mime);
        return among && named.filter(CallKey::isSent).isEmpty()
                ? Optional.of(
                        named.map(one -> one.substring(1, one.length() - 1)).orElse(id.text()))
                : Optional.empty();
    }

    static Optional<String> messageId(IMAPMessage mime) throws MessagingException {
        return Optional.ofNullable(mime.getMessageID()).stream()
                .flatMap(MessageReading::ids)
                .findFirst();
    }

    private static Optional<String> inReplyTo(IMAPMessage mime) throws MessagingException {
        return ids(mime, "In-Reply-To").stream().findFirst();
    }

    private static List<String> ids(MimeMessage mime, String header) throws MessagingException {
        return Optional.ofNullable(mime.getHeader(header)).stream()
                .flatMap(Arrays::stream)
                .flatMap(MessageReading::ids)
                .toList();
    }

    private static Stream<String> ids(String header) {
        return MESSAGE_ID.matcher(header).results().map(found -> found.group());
    }

    private static String threadId(IMAPMessage mime, MailId id) throws MessagingException {
        return root(mime).orElse(ALONE + id.text());
    }

    /** The first message of the conversation, without its angle brackets. RFC 5322 section 3.6.4. */
    static Optional<String> root(MimeMessage mime) throws MessagingException {
        return Stream.of(ids(mime, "References"), ids(mime, "In-Reply-To"), ids(mime, "Message-ID"))
                .flatMap(List::stream)
                .findFirst()
                .map(id -> id.substring(1, id.length() - 1));
    }

    private static List<Mailbox> boxes(Address @Nullable [] addresses) {
        return Optional.ofNullable(addresses).stream()
                .flatMap(Arrays::stream)
                .filter(InternetAddress.class::isInstance)
                .map(InternetAddress.class::cast)
                .flatMap(MessageReading::members)
                .filter(address -> address.getAddress() != null)
                .map(address -> new Mailbox(
                        address.getAddress(),
                        Optional.ofNullable(address.getPersonal()).filter(name -> !name.isBlank())))
                .toList();
    }

    /** A group stands for its members, RFC 5322 section 3.4. */
    private static Stream<InternetAddress> members(InternetAddress address) {
        try {
            var group = address.isGroup() ? address.getGroup(false) : null;
            return group == null ? Stream.of(address) : Arrays.stream(group);
        } catch (AddressException e) {
            return Stream.of(address);
        }
    }

    private static String snippet(String text) {
        var words = SPACE.matcher(text).replaceAll(" ").strip();
        return words.length() <= MAX_SNIPPET ? words : words.substring(0, MAX_SNIPPET - 1) + "…";
    }
}
