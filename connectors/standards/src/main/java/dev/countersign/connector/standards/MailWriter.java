package dev.countersign.connector.standards;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.FileContent;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Outgoing;
import dev.countersign.connector.workspace.Threading;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParameterList;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes messages: RFC 5322 with MIME, names and subjects by RFC 2047, file names by RFC 2231. Nothing that would start
 * another header gets in.
 */
final class MailWriter {
    private static final Pattern ADDRESS =
            Pattern.compile("[!-~&&[^<>()\\[\\],;:\\\\\"@]]+@[^\\s\\p{C}\\p{Z}<>()\\[\\],;:\\\\\"@]+");
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-~&&[^<>]]+>");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("(?!multipart/|message/)[\\w.+-]+/[\\w.+-]+(; ?[\\w.+-]+=\"?[\\w.+-]+\"?)*");

    private MailWriter() {}

    /** @param headers more of them, e.g. the call that wrote a draft */
    static Letter letter(Outgoing mail, String from, String messageId, Map<String, String> headers, Date now) {
        try {
            var message = message(mail, from, now);
            if (mail.attachments().isEmpty()) {
                text(message, mail.text());
            } else {
                message.setContent(mixed(mail));
            }
            return Letter.of(saved(message, messageId, headers));
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new IllegalStateException("a checked message cannot be written", e);
        }
    }

    /**
     * A message of a calendar to people, RFC 6047 section 2: words for who reads, and the same for their calendar program.
     *
     * @param method of RFC 5546, e.g. {@code REQUEST}
     */
    static Letter invitation(Outgoing mail, String from, String messageId, String method, String calendar, Date now) {
        try {
            var message = message(mail, from, now);
            var parts = new MimeMultipart("alternative");
            var words = new MimeBodyPart();
            text(words, mail.text());
            parts.addBodyPart(words);
            var event = new MimeBodyPart();
            var type = "text/calendar; charset=UTF-8; method=" + method;
            event.setDataHandler(
                    new DataHandler(new ByteArrayDataSource(calendar.getBytes(StandardCharsets.UTF_8), type)));
            event.setHeader("Content-Type", type);
            event.setHeader("Content-Transfer-Encoding", "base64");
            parts.addBodyPart(event);
            message.setContent(parts);
            return Letter.of(saved(message, messageId, Map.of()));
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new IllegalStateException("a checked message cannot be written", e);
        }
    }

    private static MimeMessage message(Outgoing mail, String from, Date now)
            throws MessagingException, UnsupportedEncodingException {
        var message = new MimeMessage(Letter.NO_SESSION);
        message.setFrom(address(Mailbox.of(from)));
        message.setSentDate(now);
        message.setRecipients(RecipientType.TO, addresses(mail.to()));
        message.setRecipients(RecipientType.CC, addresses(mail.cc()));
        message.setRecipients(RecipientType.BCC, addresses(mail.bcc()));
        message.setSubject(oneLine("subject", mail.subject()), StandardCharsets.UTF_8.name());
        if (mail.threading().isPresent()) {
            thread(message, mail.threading().get());
        }
        return message;
    }

    /** Saving sets a {@code Message-ID} of its own. */
    private static MimeMessage saved(MimeMessage message, String messageId, Map<String, String> headers)
            throws MessagingException {
        message.saveChanges();
        message.setHeader("Message-ID", messageId);
        for (var header : headers.entrySet()) {
            message.setHeader(header.getKey(), header.getValue());
        }
        return message;
    }

    private static InternetAddress[] addresses(List<Mailbox> boxes) throws UnsupportedEncodingException {
        var addresses = new InternetAddress[boxes.size()];
        for (var i = 0; i < addresses.length; i++) {
            addresses[i] = address(boxes.get(i));
        }
        return addresses;
    }

    private static InternetAddress address(Mailbox box) throws UnsupportedEncodingException {
        if (!ADDRESS.matcher(box.address()).matches()) {
            throw new ToolException("An address must be like name@example.com. Correct it and call again.");
        }
        var at = box.address().indexOf('@');
        var address = new InternetAddress();
        address.setAddress(
                box.address().substring(0, at + 1) + domain(box.address().substring(at + 1)));
        if (box.name().isPresent() && !box.name().get().isBlank()) {
            address.setPersonal(oneLine("name", box.name().get()), StandardCharsets.UTF_8.name());
        }
        return address;
    }

    /** RFC 5891: in headers a name of other letters stands in its ASCII form. */
    private static String domain(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw new ToolException("An address must be like name@example.com. Correct it and call again.");
        }
    }

    /** RFC 5322 section 3.6.4. */
    private static void thread(MimeMessage message, Threading threading) throws MessagingException {
        if (threading.inReplyTo().isPresent()) {
            message.setHeader("In-Reply-To", messageId(threading.inReplyTo().get()));
        }
        if (!threading.references().isEmpty()) {
            var ids = threading.references().stream().map(MailWriter::messageId).toList();
            message.setHeader("References", MimeUtility.fold("References: ".length(), String.join(" ", ids)));
        }
    }

    private static String messageId(String id) {
        if (!MESSAGE_ID.matcher(id).matches()) {
            throw new ToolException("The message that is answered has no usable Message-ID. Write a new mail instead.");
        }
        return id;
    }

    private static MimeMultipart mixed(Outgoing mail) throws MessagingException {
        var parts = new MimeMultipart("mixed");
        var text = new MimeBodyPart();
        text(text, mail.text());
        parts.addBodyPart(text);
        for (var file : mail.attachments()) {
            parts.addBodyPart(attachment(file));
        }
        return parts;
    }

    /** RFC 2045 section 6.7: any text as lines of printable ASCII. */
    private static void text(MimePart part, String text) throws MessagingException {
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(
                text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "text/plain; charset=UTF-8")));
        part.setHeader("Content-Type", "text/plain; charset=UTF-8");
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    }

    private static MimeBodyPart attachment(FileContent file) throws MessagingException {
        var type = MEDIA_TYPE.matcher(file.mediaType()).matches() ? file.mediaType() : "application/octet-stream";
        var part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.bytes(), type)));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", "base64");
        var parameters = new ParameterList();
        parameters.set("filename", oneLine("attachment", file.name()), StandardCharsets.UTF_8.name());
        part.setHeader("Content-Disposition", new ContentDisposition("attachment", parameters).toString());
        return part;
    }

    private static String oneLine(String field, String value) {
        if (value.codePoints().anyMatch(MailWriter::breaksLine)) {
            throw new ToolException("'" + field + "' must be one line without control characters.");
        }
        return value;
    }

    private static boolean breaksLine(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }
}
