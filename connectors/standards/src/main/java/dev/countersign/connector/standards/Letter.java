package dev.countersign.connector.standards;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A whole message as it is stored and leaves, with the {@code Bcc} that only the sender's copy keeps. */
final class Letter {
    static final Session NO_SESSION = Session.getInstance(new Properties());

    private final byte[] mime;

    private Letter(byte[] mime) {
        this.mime = mime;
    }

    static Letter of(byte[] mime) {
        return new Letter(mime);
    }

    static Letter of(MimeMessage message) throws MessagingException {
        var bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Letter(bytes.toByteArray());
    }

    /** A stored draft as it leaves now. */
    Letter leaving(String messageId, Date now) throws MessagingException {
        var message = message();
        message.setHeader("Message-ID", messageId);
        message.removeHeader(CallKey.HEADER);
        message.setSentDate(now);
        return of(message);
    }

    MimeMessage message() throws MessagingException {
        return new MimeMessage(NO_SESSION, new ByteArrayInputStream(mime));
    }

    List<Address> recipients() throws MessagingException {
        return Optional.ofNullable(message().getAllRecipients()).stream()
                .flatMap(Arrays::stream)
                .distinct()
                .toList();
    }

    int size() {
        return mime.length;
    }
}
