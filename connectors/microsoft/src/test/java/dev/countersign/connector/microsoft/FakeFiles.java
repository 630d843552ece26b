package dev.countersign.connector.microsoft;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.node.ObjectNode;

/** The files of messages: up to 3 MB in one request, larger ones in pieces and in order. */
final class FakeFiles {
    private static final int SMALL = 3 * 1024 * 1024;
    private static final int PIECE = 4 * 1024 * 1024;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");

    private final Supplier<String> origin;
    private final Map<String, Map<String, ObjectNode>> files = new LinkedHashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private int numbers;

    private record Session(ObjectNode item, ByteArrayOutputStream bytes) {}

    FakeFiles(Supplier<String> origin) {
        this.origin = origin;
    }

    private Map<String, ObjectNode> of(ObjectNode message) {
        return files.computeIfAbsent(message.path("id").asString(), id -> new LinkedHashMap<>());
    }

    MockResponse answer(Asked asked, ObjectNode message) {
        var there = of(message);
        if (asked.path().size() == 4) {
            return asked.method().equals("GET")
                    ? asked.page(there.values().stream().map(FakeFiles::info).toList())
                    : posted(asked, message);
        }
        if (asked.segment(4).equals("createUploadSession")) {
            return session(asked, message);
        }
        var file = Optional.ofNullable(there.get(asked.segment(4))).orElseThrow(Refused::notFound);
        if (asked.method().equals("DELETE")) {
            there.remove(asked.segment(4));
            message.put("hasAttachments", !there.isEmpty());
            return FakeGraph.status(204);
        }
        return asked.path().size() == 6
                ? FakeGraph.content(
                        Base64.getDecoder().decode(file.path("contentBytes").asString()))
                : FakeGraph.json(info(file));
    }

    private static ObjectNode info(ObjectNode file) {
        var info = file.deepCopy();
        info.remove("contentBytes");
        return info;
    }

    private MockResponse posted(Asked asked, ObjectNode message) {
        var file = asked.json();
        if (Base64.getDecoder().decode(file.path("contentBytes").asString()).length >= SMALL) {
            throw Refused.of(413, "RequestBodyTooLarge");
        }
        return FakeGraph.json(add(message, file));
    }

    ObjectNode add(ObjectNode message, ObjectNode file) {
        numbers++;
        var id = "AAkAFile" + numbers;
        var bytes = Base64.getDecoder().decode(file.path("contentBytes").asString("")).length;
        file.put("id", id).put("size", bytes + 200).put("isInline", false);
        of(message).put(id, file);
        message.put("hasAttachments", true);
        return file;
    }

    private MockResponse session(Asked asked, ObjectNode message) {
        var item = (ObjectNode) asked.json().path("AttachmentItem");
        if (item.path("size").asInt() < SMALL) {
            throw Refused.of(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize");
        }
        numbers++;
        var id = Integer.toString(numbers);
        sessions.put(id, new Session(item, new ByteArrayOutputStream()));
        return FakeGraph.json(FakeGraph.JSON
                .createObjectNode()
                .put(
                        "uploadUrl",
                        origin.get() + "/upload/" + asked.person() + "/"
                                + message.path("id").asString() + "/AttachmentSessions('" + id + "')?authtoken=eyJ"));
    }

    MockResponse uploaded(RecordedRequest request, ObjectNode message) {
        var id = request.getUrl().pathSegments().getLast().replaceAll("\\D", "");
        var session = sessions.get(id);
        var range = RANGE.matcher(String.valueOf(request.getHeaders().get("Content-Range")));
        var bytes = request.getBody().toByteArray();
        if (!range.matches()
                || Integer.parseInt(range.group(1)) != session.bytes().size()
                || bytes.length > PIECE
                || Integer.parseInt(range.group(2)) != session.bytes().size() + bytes.length - 1) {
            throw Refused.of(416, "ErrorInvalidRange");
        }
        session.bytes().writeBytes(bytes);
        if (session.bytes().size() < session.item().path("size").asInt()) {
            return FakeGraph.json(FakeGraph.JSON.createObjectNode());
        }
        var file = session.item().deepCopy();
        file.put("@odata.type", "#microsoft.graph.fileAttachment")
                .put(
                        "contentBytes",
                        Base64.getEncoder().encodeToString(session.bytes().toByteArray()));
        add(message, file);
        return FakeGraph.status(201);
    }

    void copy(ObjectNode from, ObjectNode to) {
        of(from).values().forEach(file -> add(to, file.deepCopy()));
    }
}
