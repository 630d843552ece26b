package dev.countersign.connector.google;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Entities;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A message as Gmail takes it apart: headers, parts, and attachments with an id that no second read gives again. */
final class FakePayload {
    private final Map<String, byte[]> attachments = new LinkedHashMap<>();

    ObjectNode reference(FakeMessage message) {
        var json = FakeGoogle.JSON.createObjectNode().put("id", message.id()).put("threadId", message.thread());
        var labels = json.putArray("labelIds");
        message.labels().forEach(labels::add);
        return json;
    }

    ObjectNode json(FakeMessage message, String format, Asked asked) {
        var json = reference(message)
                .put("snippet", snippet(message))
                .put("internalDate", Long.toString(message.date().toEpochMilli()))
                .put("sizeEstimate", message.mime().length);
        try {
            switch (format) {
                case "raw" -> json.put("raw", FakeMail.base64(message.mime()));
                case "metadata" -> json.set("payload", metadata(message.parsed(), asked));
                default ->
                    json.set(
                            "payload",
                            part(message.parsed(), "", asked.query("fields").isEmpty()));
            }
            return json;
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String snippet(FakeMessage message) {
        try {
            var content = message.parsed().getContent();
            var text = content instanceof Multipart parts ? parts.getBodyPart(0).getContent() : content;
            var words = String.valueOf(text).replaceAll("\\s+", " ").strip();
            return Entities.escape(words.substring(0, Math.min(100, words.length())))
                    .replace("'", "&#39;");
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode metadata(MimePart message, Asked asked) throws MessagingException {
        var json = FakeGoogle.JSON.createObjectNode().put("mimeType", "multipart/mixed");
        var headers = json.putArray("headers");
        var wanted = asked.queries("metadataHeaders");
        for (var header : Collections.list(message.getAllHeaders())) {
            if (wanted.isEmpty() || wanted.stream().anyMatch(header.getName()::equalsIgnoreCase)) {
                headers.add(header(header));
            }
        }
        return json;
    }

    private static JsonNode header(Header header) {
        return FakeGoogle.JSON
                .createObjectNode()
                .put("name", header.getName())
                .put("value", MimeUtility.unfold(header.getValue()));
    }

    private ObjectNode part(MimePart part, String id, boolean content) throws MessagingException, IOException {
        var type = part.getContentType().split(";")[0].strip().toLowerCase(Locale.ROOT);
        var name = Optional.ofNullable(part.getFileName()).orElse("");
        var json = FakeGoogle.JSON
                .createObjectNode()
                .put("partId", id)
                .put("mimeType", type)
                .put("filename", name);
        var headers = json.putArray("headers");
        for (var header : Collections.list(part.getAllHeaders())) {
            headers.add(header(header));
        }
        if (part.getContent() instanceof Multipart multipart) {
            json.putObject("body").put("size", 0);
            var parts = json.putArray("parts");
            for (var i = 0; i < multipart.getCount(); i++) {
                parts.add(part((MimePart) multipart.getBodyPart(i), id.isEmpty() ? "" + i : id + "." + i, content));
            }
        } else {
            json.set("body", body(part, name, content));
        }
        return json;
    }

    private ObjectNode body(Part part, String name, boolean content) throws MessagingException, IOException {
        var bytes = part.getInputStream().readAllBytes();
        var body = FakeGoogle.JSON.createObjectNode().put("size", bytes.length);
        if (!name.isEmpty()) {
            var id = "ANGjdJ" + attachments.size();
            attachments.put(id, bytes);
            body.put("attachmentId", id);
        } else if (content) {
            body.put("data", FakeMail.base64(bytes));
        }
        return body;
    }

    ObjectNode attachment(String id) {
        var bytes = attachments.get(id);
        if (bytes == null) {
            throw Refused.badRequest("Invalid attachment token");
        }
        return FakeGoogle.JSON.createObjectNode().put("size", bytes.length).put("data", FakeMail.base64(bytes));
    }
}
