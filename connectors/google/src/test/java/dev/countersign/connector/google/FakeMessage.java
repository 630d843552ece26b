package dev.countersign.connector.google;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** A message in a simulated mailbox. */
record FakeMessage(String id, String thread, Optional<String> draft, Set<String> labels, Instant date, byte[] mime) {
    private static final Session SESSION = Session.getInstance(new Properties());

    boolean has(String label) {
        return labels.contains(label);
    }

    MimeMessage parsed() {
        return parsed(mime);
    }

    static MimeMessage parsed(byte[] mime) {
        try {
            return new MimeMessage(SESSION, new ByteArrayInputStream(mime));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] bytes(MimeMessage message) {
        try {
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String header(MimeMessage message, String name) {
        try {
            return Optional.ofNullable(message.getHeader(name, ", ")).orElse("");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    String header(String name) {
        return header(parsed(), name);
    }

    Optional<String> messageId() {
        return Absent.filled(Optional.of(header("Message-ID").strip()));
    }
}
