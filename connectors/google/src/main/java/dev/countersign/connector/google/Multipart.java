package dev.countersign.connector.google;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Bodies of several parts, RFC 2046 section 5.1: what uploads and batches are sent as. */
final class Multipart {
    private static final String END = "\r\n";

    /** Random, so that it stands in no part. */
    private final String boundary = "part-" + UUID.randomUUID();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Multipart add(List<String> headers, byte[] body) {
        write("--" + boundary + END + String.join(END, headers) + END + END);
        bytes.writeBytes(body);
        write(END);
        return this;
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] end() {
        write("--" + boundary + "--" + END);
        return bytes.toByteArray();
    }

    /** @param subtype e.g. {@code related} */
    String contentType(String subtype) {
        return "multipart/" + subtype + "; boundary=\"" + boundary + "\"";
    }

    /** The parts of an answer; its first line says what parts them. */
    static List<BodyPart> parts(byte[] answer) {
        var text = new String(answer, 0, Math.min(answer.length, 1000), StandardCharsets.US_ASCII).stripLeading();
        if (!text.startsWith("--")) {
            throw unreadable();
        }
        var boundary = text.lines().findFirst().orElseThrow().substring(2).strip();
        try {
            var multipart = new MimeMultipart(
                    new ByteArrayDataSource(answer, "multipart/mixed; boundary=\"" + boundary + "\""));
            var parts = new ArrayList<BodyPart>();
            for (var i = 0; i < multipart.getCount(); i++) {
                parts.add(multipart.getBodyPart(i));
            }
            return parts;
        } catch (MessagingException e) {
            throw unreadable();
        }
    }

    private static UpstreamException unreadable() {
        return new UpstreamException(Kind.BROKEN, "Google's answer to several reads cannot be read. Try again later.");
    }
}
