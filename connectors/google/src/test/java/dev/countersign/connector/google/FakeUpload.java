package dev.countersign.connector.google;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A message that was uploaded, and what stood beside it. */
record FakeUpload(MimeMessage mime, Optional<String> draft, Optional<String> thread) {
    static FakeUpload of(Asked asked) {
        if (!asked.query("uploadType").equals(Optional.of("multipart"))) {
            throw Refused.badRequest("uploadType must be multipart here.");
        }
        try {
            var parts = new MimeMultipart(new ByteArrayDataSource(
                    asked.body(), asked.header("Content-Type").orElseThrow()));
            var said = FakeGoogle.JSON.readTree(
                    parts.getBodyPart(0).getInputStream().readAllBytes());
            var mime = parts.getBodyPart(1).getInputStream().readAllBytes();
            return new FakeUpload(
                    FakeMessage.parsed(mime),
                    text(said.path("id")),
                    text(said.path("threadId"))
                            .or(() -> text(said.path("message").path("threadId"))));
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }
}
