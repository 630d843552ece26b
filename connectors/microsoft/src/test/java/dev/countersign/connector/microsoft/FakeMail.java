package dev.countersign.connector.microsoft;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Mailboxes of the people who have accounts; mail to others leaves and arrives nowhere. */
final class FakeMail {
    private static final String PROPERTIES = "singleValueExtendedProperties";

    /** Properties that travel with a mail: what a mail answers. */
    private static final Set<String> TRAVEL = Set.of("String 0x1042", "String 0x1039");

    private final Map<String, Map<String, ObjectNode>> boxes = new LinkedHashMap<>();
    private final FakeFiles files;
    private int numbers;
    private Instant last = Instant.EPOCH;

    /** How many mails left, whoever they went to. */
    int left;

    /** New mailboxes have none. */
    boolean hasArchive = true;

    /** Where a mail lies that was sent: the sent mail, or the outbox while Exchange takes its time. */
    String sentTo = FakeFolders.SENT;

    FakeMail(Supplier<String> origin) {
        files = new FakeFiles(origin);
        FakeGraph.PEOPLE.forEach(person -> boxes.put(person, new LinkedHashMap<>()));
    }

    /** Any of them allows the request. */
    static Set<String> scopes(Asked asked) {
        if (asked.path().getLast().equals("send")) {
            return Set.of("Mail.Send");
        }
        return asked.method().equals("GET") ? Set.of("Mail.Read", "Mail.ReadWrite") : Set.of("Mail.ReadWrite");
    }

    MockResponse answer(Asked asked) {
        if (!asked.prefers("IdType=\"ImmutableId\"")) {
            throw Refused.of(400, "TestWantsPreferences");
        }
        if (!hasArchive && asked.path().contains("archive")) {
            throw Refused.notFound();
        }
        if (asked.segment(1).equals("mailFolders")) {
            return asked.path().getLast().equals("messages")
                    ? list(asked, Optional.of(FakeFolders.of(asked.segment(2))))
                    : FakeFolders.answer(asked, box(asked).values());
        }
        if (asked.is("GET", 2)) {
            return list(asked, Optional.empty());
        }
        return asked.is("POST", 2) ? created(asked) : one(asked, byId(asked.person(), asked.segment(2)));
    }

    private Map<String, ObjectNode> box(Asked asked) {
        return boxes.get(asked.person());
    }

    ObjectNode byId(String person, String id) {
        if (!id.startsWith("AAkA")) {
            throw Refused.malformed();
        }
        return Optional.ofNullable(boxes.get(person).get(id)).orElseThrow(Refused::notFound);
    }

    private MockResponse list(Asked asked, Optional<String> folder) {
        var query = FakeQuery.of(asked);
        return asked.page(box(asked).values().stream()
                .filter(message -> folder.isEmpty()
                        || folder.get().equals(message.path("parentFolderId").asString()))
                .filter(query::matches)
                .sorted(FakeQuery.NEWEST_FIRST)
                .map(message -> shown(message, asked))
                .toList());
    }

    /** What is not selected or expanded stays out. */
    private static ObjectNode shown(ObjectNode message, Asked asked) {
        var shown = message.deepCopy();
        if (asked.query("$select")
                .filter(all -> !all.contains("body,") && !all.endsWith("body"))
                .isPresent()) {
            shown.remove("body");
        }
        if (asked.query("$expand").filter(all -> all.contains(PROPERTIES)).isEmpty()) {
            shown.remove(PROPERTIES);
        }
        return shown;
    }

    private MockResponse one(Asked asked, ObjectNode message) {
        if (asked.path().size() > 3 && asked.segment(3).equals("attachments")) {
            touched(message, asked.method());
            return files.answer(asked, message);
        }
        return switch (asked.method()) {
            case "GET" -> FakeGraph.json(shown(message, asked));
            case "PATCH" -> patched(asked, message);
            default ->
                switch (asked.segment(3)) {
                    case "createReply" -> reply(asked, message);
                    case "send" -> sent(message);
                    default -> moved(asked, message);
                };
        };
    }

    private void touched(ObjectNode message, String method) {
        if (!method.equals("GET")) {
            numbers++;
            message.put("changeKey", "CQ" + numbers).put("@odata.etag", "W/\"CQ" + numbers + "\"");
        }
    }

    private MockResponse created(Asked asked) {
        return FakeGraph.json(draft(asked.person(), asked.json()));
    }

    private ObjectNode draft(String person, ObjectNode content) {
        var draft = empty(person, FakeFolders.DRAFTS).put("isDraft", true).put("isRead", true);
        merge(draft, content);
        boxes.get(person).put(draft.path("id").asString(), draft);
        return draft;
    }

    ObjectNode empty(String person, String folder) {
        numbers++;
        last = Instant.now().truncatedTo(ChronoUnit.MILLIS).isAfter(last)
                ? Instant.now().truncatedTo(ChronoUnit.MILLIS)
                : last.plusMillis(1);
        var message = FakeGraph.JSON.createObjectNode();
        message.put("id", "AAkA" + numbers)
                .put("@odata.etag", "W/\"CQ" + numbers + "\"")
                .put("changeKey", "CQ" + numbers)
                .put("conversationId", "AAQk'" + numbers)
                .put("internetMessageId", "<AM" + numbers + "@eurprd.prod.outlook.com>")
                .put("receivedDateTime", last.toString())
                .put("hasAttachments", false)
                .put("isDraft", false)
                .put("isRead", false)
                .put("parentFolderId", folder);
        message.putObject("from")
                .putObject("emailAddress")
                .put("address", person)
                .put("name", person);
        Stream.of("toRecipients", "ccRecipients", "bccRecipients", "replyTo", PROPERTIES)
                .forEach(message::putArray);
        return message;
    }

    /** Puts a mail into a mailbox, as it came. */
    ObjectNode received(String person, String subject, String contentType, String content) {
        var message = empty("carla@example.com", FakeFolders.INBOX).put("subject", subject);
        message.putObject("body").put("contentType", contentType).put("content", content);
        message.put("bodyPreview", content);
        boxes.get(person).put(message.path("id").asString(), message);
        return message;
    }

    private static void merge(ObjectNode draft, ObjectNode content) {
        content.propertyStream()
                .filter(one -> !one.getKey().equals(PROPERTIES))
                .forEach(one -> draft.set(one.getKey(), one.getValue()));
        content.path(PROPERTIES).valueStream().forEach(property -> {
            var all = draft.withArray(PROPERTIES);
            for (var i = all.size() - 1; i >= 0; i--) {
                if (all.get(i).path("id").equals(property.path("id"))) {
                    all.remove(i);
                }
            }
            all.add(property);
        });
        var text = draft.path("body").path("content").asString("");
        draft.put("bodyPreview", text.substring(0, Math.min(255, text.length())));
    }

    private MockResponse patched(Asked asked, ObjectNode message) {
        asked.unchanged(message);
        if (!message.path("isDraft").asBoolean()) {
            throw Refused.of(400, "ErrorInvalidPropertySet");
        }
        merge(message, asked.json());
        touched(message, "PATCH");
        return FakeGraph.json(message);
    }

    private MockResponse reply(Asked asked, ObjectNode answered) {
        var content = FakeGraph.JSON.createObjectNode();
        content.put("subject", "RE: " + answered.path("subject").asString());
        content.putArray("toRecipients").add(answered.path("from"));
        content.put("conversationId", answered.path("conversationId").asString());
        content.putObject("body").put("contentType", "html").put("content", "<html><body><hr>Quoted</body></html>");
        var properties = content.putArray(PROPERTIES);
        TRAVEL.forEach(id -> properties
                .addObject()
                .put("id", id)
                .put("value", answered.path("internetMessageId").asString()));
        asked.json().path("message").path(PROPERTIES).valueStream().forEach(properties::add);
        return FakeGraph.json(draft(asked.person(), content));
    }

    private MockResponse moved(Asked asked, ObjectNode message) {
        message.put(
                "parentFolderId",
                FakeFolders.of(asked.json().path("destinationId").asString()));
        return FakeGraph.json(message);
    }

    private MockResponse sent(ObjectNode draft) {
        if (!draft.path("isDraft").asBoolean()) {
            throw Refused.of(400, "ErrorInvalidOperation");
        }
        var recipients = recipients(draft);
        if (recipients.isEmpty()) {
            throw Refused.of(400, "ErrorInvalidRecipients");
        }
        left++;
        draft.put("parentFolderId", sentTo).put("isDraft", !sentTo.equals(FakeFolders.SENT));
        recipients.stream().filter(boxes::containsKey).forEach(one -> delivered(one, draft));
        return FakeGraph.status(202);
    }

    private static List<String> recipients(ObjectNode draft) {
        return Stream.of("toRecipients", "ccRecipients", "bccRecipients")
                .flatMap(name -> draft.path(name).valueStream())
                .map(one -> one.path("emailAddress").path("address").asString())
                .distinct()
                .toList();
    }

    private void delivered(String person, ObjectNode draft) {
        var copy = empty(person, FakeFolders.INBOX);
        for (var name : List.of(
                "from",
                "subject",
                "body",
                "bodyPreview",
                "toRecipients",
                "ccRecipients",
                "internetMessageId",
                "hasAttachments")) {
            copy.set(name, draft.path(name));
        }
        var properties = copy.putArray(PROPERTIES);
        draft.path(PROPERTIES)
                .valueStream()
                .filter(one -> TRAVEL.contains(one.path("id").asString()))
                .forEach(properties::add);
        conversation(person, draft).ifPresent(id -> copy.put("conversationId", id));
        boxes.get(person).put(copy.path("id").asString(), copy);
        files.copy(draft, copy);
    }

    private Optional<String> conversation(String person, ObjectNode draft) {
        var references = draft.path(PROPERTIES).toString();
        return boxes.get(person).values().stream()
                .filter(one -> references.contains(one.path("internetMessageId").asString())
                        || one.path("internetMessageId").equals(draft.path("internetMessageId")))
                .map(one -> one.path("conversationId").asString())
                .findFirst();
    }

    MockResponse uploaded(RecordedRequest request) {
        var path = request.getUrl().pathSegments();
        return files.uploaded(request, byId(path.get(1), path.get(2)));
    }

    void attach(ObjectNode message, ObjectNode file) {
        files.add(message, file);
    }

    static String value(JsonNode message, String property) {
        return message.path(PROPERTIES)
                .valueStream()
                .filter(one -> one.path("id").asString().equals(property))
                .map(one -> one.path("value").asString())
                .findFirst()
                .orElse("");
    }
}
