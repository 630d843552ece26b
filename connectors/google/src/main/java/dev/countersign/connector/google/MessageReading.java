package dev.countersign.connector.google;

import dev.countersign.connector.workspace.Body;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Message;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.parser.Parser;

/** Gmail's message as ours. */
final class MessageReading {
    private static final int MAX_SNIPPET = 300;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]+>");

    private final Supplier<String> ownAddress;

    /** @param ownAddress asked for a message that names no sender, as a new draft may */
    MessageReading(Supplier<String> ownAddress) {
        this.ownAddress = ownAddress;
    }

    Message message(MailJson.Message json, Optional<String> draftId) {
        return message(json, draftId, Optional.of(MessageParts.of(json).body()));
    }

    /** Without its body. */
    Message brief(MailJson.Message json, Optional<String> draftId) {
        return message(json, draftId, Optional.empty());
    }

    private Message message(MailJson.Message json, Optional<String> draftId, Optional<Body> body) {
        return new Message(
                json.id(),
                json.threadId(),
                draftId,
                messageId(json),
                ids(json, "In-Reply-To").stream().findFirst(),
                ids(json, "References"),
                boxes(json, "From").stream().findFirst().orElseGet(() -> Mailbox.of(ownAddress.get())),
                boxes(json, "To"),
                boxes(json, "Cc"),
                boxes(json, "Bcc"),
                boxes(json, "Reply-To"),
                header(json, "Subject").map(MessageReading::decoded).orElse(""),
                date(json),
                Labels.foldersOf(json.labelIds()),
                json.labelIds().contains(Labels.UNREAD),
                snippet(json),
                body,
                MessageParts.of(json).attachments(),
                // a draft that is changed gets another message; all else stays as it came
                draftId.map(draft -> json.id()));
    }

    static Optional<String> header(MailJson.Message json, String name) {
        return json.payload().flatMap(payload -> MessageParts.header(payload, name));
    }

    static Optional<String> messageId(MailJson.Message json) {
        return ids(json, "Message-ID").stream().findFirst();
    }

    private static List<String> ids(MailJson.Message json, String name) {
        return MESSAGE_ID
                .matcher(header(json, name).orElse(""))
                .results()
                .map(found -> found.group())
                .toList();
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    private static List<Mailbox> boxes(MailJson.Message json, String name) {
        return header(json, name).stream().flatMap(MessageReading::boxes).toList();
    }

    private static Stream<Mailbox> boxes(String header) {
        try {
            return Arrays.stream(InternetAddress.parseHeader(MimeUtility.unfold(header), false))
                    .filter(address -> address.getAddress() != null)
                    .flatMap(MessageReading::members)
                    .map(MessageReading::box);
        } catch (AddressException e) {
            // what nobody can write to is still shown
            return Stream.of(Mailbox.of(decoded(header).strip()));
        }
    }

    /** A group stands for its members, RFC 5322 section 3.4. */
    private static Stream<InternetAddress> members(InternetAddress address) {
        try {
            return address.isGroup() ? Arrays.stream(address.getGroup(false)) : Stream.of(address);
        } catch (AddressException e) {
            return Stream.of(address);
        }
    }

    private static Mailbox box(InternetAddress address) {
        return new Mailbox(address.getAddress(), Absent.filled(Optional.ofNullable(address.getPersonal())));
    }

    static OffsetDateTime date(MailJson.Message json) {
        return json.internalDate()
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli)
                .orElse(Instant.EPOCH)
                .atOffset(ZoneOffset.UTC);
    }

    /** Gmail writes it as it would stand in a page. */
    static String snippet(MailJson.Message json) {
        var text = Parser.unescapeEntities(json.snippet().orElse(""), false).strip();
        return text.length() <= MAX_SNIPPET ? text : text.substring(0, MAX_SNIPPET - 1) + "…";
    }
}
