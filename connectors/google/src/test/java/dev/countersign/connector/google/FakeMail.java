package dev.countersign.connector.google;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gmail v1: mailboxes of the people who have accounts; mail to others leaves and arrives nowhere. */
final class FakeMail {
    private final boolean keepsMessageIds;
    private final Map<String, Map<String, FakeMessage>> boxes = new LinkedHashMap<>();
    private final FakePayload payload = new FakePayload();
    private long numbers = 0x1900a0b0c0d0e000L;
    private long lastDate;

    /** How many mails left, whoever they went to. */
    int left;

    FakeMail(boolean keepsMessageIds) {
        this.keepsMessageIds = keepsMessageIds;
        FakeGoogle.PEOPLE.forEach(person -> boxes.put(person, new LinkedHashMap<>()));
    }

    /** Any of them allows the request. */
    static Set<String> scopes(Asked asked) {
        if (asked.path().contains("send")) {
            return asked.path().contains("drafts") ? Set.of("gmail.modify") : Set.of("gmail.send", "gmail.modify");
        }
        return asked.method().equals("GET") ? Set.of("gmail.readonly", "gmail.modify") : Set.of("gmail.modify");
    }

    JsonNode answer(Asked asked) {
        return asked.segment(0).equals("upload") ? upload(asked) : plain(asked);
    }

    private Map<String, FakeMessage> box(Asked asked) {
        return boxes.get(asked.person());
    }

    private JsonNode plain(Asked asked) {
        var rest = asked.path().subList(4, asked.path().size());
        return switch (rest.getFirst()) {
            case "profile" -> FakeGoogle.JSON.createObjectNode().put("emailAddress", asked.person());
            case "labels" ->
                rest.size() == 1
                        ? FakeLabels.list()
                        : FakeLabels.one(rest.get(1), box(asked).values());
            case "threads" -> thread(asked, rest.get(1));
            case "drafts" -> rest.size() == 1 ? drafts(asked) : draft(asked, byDraft(asked, rest.get(1)));
            default -> rest.size() == 1 ? messages(asked) : message(asked, rest);
        };
    }

    private JsonNode message(Asked asked, List<String> rest) {
        var message = byId(asked, rest.get(1));
        if (rest.size() == 2) {
            return payload.json(message, asked.query("format").orElse("full"), asked);
        }
        return switch (rest.get(2)) {
            case "attachments" -> payload.attachment(rest.get(3));
            case "trash" -> relabelled(message, Set.of("TRASH"), Set.of("INBOX"));
            default -> relabelled(message, labels(asked, "addLabelIds"), labels(asked, "removeLabelIds"));
        };
    }

    private FakeMessage byId(Asked asked, String id) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw Refused.badRequest("Invalid id value");
        }
        return Optional.ofNullable(box(asked).get(id)).orElseThrow(Refused::notFound);
    }

    private static Set<String> labels(Asked asked, String name) {
        var labels = new TreeSet<String>();
        asked.json().path(name).valueStream().map(JsonNode::asString).forEach(labels::add);
        labels.stream().filter(label -> !FakeLabels.known(label)).forEach(label -> {
            throw Refused.badRequest("Invalid label: " + label);
        });
        return labels;
    }

    private ObjectNode relabelled(FakeMessage message, Set<String> added, Set<String> removed) {
        message.labels().removeAll(removed);
        message.labels().addAll(added);
        return payload.reference(message);
    }

    private ObjectNode messages(Asked asked) {
        asked.queries("labelIds").stream()
                .filter(label -> !FakeLabels.known(label))
                .forEach(label -> {
                    throw Refused.badRequest("Invalid label: " + label);
                });
        return asked.page("messages", found(asked).map(payload::reference).toList());
    }

    private Stream<FakeMessage> found(Asked asked) {
        var all = asked.query("includeSpamTrash").equals(Optional.of("true"));
        var query = FakeQuery.of(asked.query("q").orElse(""));
        return box(asked).values().stream()
                .filter(message -> message.labels().containsAll(asked.queries("labelIds")))
                .filter(message -> all || !(message.has("TRASH") || message.has("SPAM")))
                .filter(query::matches)
                .sorted(Comparator.comparing(FakeMessage::date).reversed());
    }

    private ObjectNode thread(Asked asked, String id) {
        if (!id.matches("[0-9a-f]{16}")) {
            throw Refused.badRequest("Invalid id value");
        }
        var messages = box(asked).values().stream()
                .filter(message -> message.thread().equals(id))
                .toList();
        if (messages.isEmpty()) {
            throw Refused.notFound();
        }
        var answer = FakeGoogle.JSON.createObjectNode().put("id", id);
        var list = answer.putArray("messages");
        messages.forEach(message -> list.add(payload.json(message, "full", asked)));
        return answer;
    }

    private ObjectNode drafts(Asked asked) {
        return asked.page(
                "drafts",
                found(asked)
                        .filter(message -> message.has("DRAFT"))
                        .map(this::draftReference)
                        .toList());
    }

    private FakeMessage byDraft(Asked asked, String draft) {
        return box(asked).values().stream()
                .filter(message -> message.draft().equals(Optional.of(draft)))
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    private ObjectNode draftReference(FakeMessage message) {
        var json = FakeGoogle.JSON.createObjectNode().put("id", message.draft().orElseThrow());
        json.set("message", payload.reference(message));
        return json;
    }

    private ObjectNode draft(Asked asked, FakeMessage message) {
        var json = draftReference(message);
        json.set("message", payload.json(message, asked.query("format").orElse("full"), asked));
        return json;
    }

    private JsonNode upload(Asked asked) {
        var upload = FakeUpload.of(asked);
        var rest = asked.path().subList(5, asked.path().size());
        if (rest.getFirst().equals("messages")) {
            return payload.reference(sent(asked.person(), upload.mime(), upload.thread()));
        }
        if (rest.equals(List.of("drafts", "send"))) {
            var draft = byDraft(asked, upload.draft().orElseThrow());
            box(asked).remove(draft.id());
            return payload.reference(sent(asked.person(), upload.mime(), Optional.of(draft.thread())));
        }
        var there = rest.size() == 2 ? Optional.of(byDraft(asked, rest.get(1))) : Optional.<FakeMessage>empty();
        there.ifPresent(old -> box(asked).remove(old.id()));
        var id = there.flatMap(FakeMessage::draft).orElseGet(() -> "r" + number());
        return draftReference(stored(asked.person(), upload.mime(), upload.thread(), Optional.of(id), "DRAFT"));
    }

    private String number() {
        numbers += 7;
        return Long.toHexString(numbers);
    }

    private Instant now() {
        lastDate = Math.max(System.currentTimeMillis(), lastDate + 1);
        return Instant.ofEpochMilli(lastDate);
    }

    /** Puts a message into a mailbox, as it came. */
    FakeMessage stored(
            String person, MimeMessage mime, Optional<String> thread, Optional<String> draft, String... labels) {
        var id = number();
        var in = thread.or(() -> threadOf(person, mime)).orElse(id);
        var message = new FakeMessage(id, in, draft, new TreeSet<>(List.of(labels)), now(), FakeMessage.bytes(mime));
        boxes.get(person).put(id, message);
        return message;
    }

    private Optional<String> threadOf(String person, MimeMessage mime) {
        var references = FakeMessage.header(mime, "References") + FakeMessage.header(mime, "In-Reply-To");
        return boxes.get(person).values().stream()
                .filter(message ->
                        message.messageId().filter(references::contains).isPresent())
                .map(FakeMessage::thread)
                .findFirst();
    }

    private FakeMessage sent(String person, MimeMessage mime, Optional<String> thread) {
        try {
            mime.setFrom(person);
            if (!keepsMessageIds) {
                mime.setHeader("Message-ID", "<CA" + number() + "@mail.gmail.com>");
            }
            left++;
            var recipients = addresses(mime);
            if (recipients.isEmpty()) {
                throw Refused.badRequest("Recipient address required");
            }
            var own = recipients.contains(person) ? List.of("SENT", "INBOX", "UNREAD") : List.of("SENT");
            var copy = stored(person, mime, thread, Optional.empty(), own.toArray(String[]::new));
            mime.removeHeader("Bcc");
            recipients.stream()
                    .filter(one -> boxes.containsKey(one) && !one.equals(person))
                    .forEach(one -> stored(one, mime, Optional.empty(), Optional.empty(), "INBOX", "UNREAD"));
            return copy;
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> addresses(MimeMessage mime) throws MessagingException {
        var all = mime.getAllRecipients();
        return all == null
                ? List.of()
                : new ArrayList<>(
                        Arrays.stream(all).map(FakeMail::address).distinct().toList());
    }

    private static String address(Address address) {
        return ((InternetAddress) address).getAddress();
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
