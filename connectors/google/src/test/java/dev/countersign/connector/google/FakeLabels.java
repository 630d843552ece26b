package dev.countersign.connector.google;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The labels of every simulated mailbox. */
final class FakeLabels {
    private static final List<String> SYSTEM = List.of(
            "CHAT", "SENT", "INBOX", "IMPORTANT", "TRASH", "DRAFT", "SPAM", "STARRED", "UNREAD", "CATEGORY_SOCIAL");
    static final String PROJECT = "Label_7";

    private FakeLabels() {}

    static boolean known(String label) {
        return SYSTEM.contains(label) || label.equals(PROJECT);
    }

    static ObjectNode list() {
        var answer = FakeGoogle.JSON.createObjectNode();
        var labels = answer.putArray("labels");
        Stream.concat(SYSTEM.stream(), Stream.of(PROJECT))
                .map(FakeLabels::label)
                .forEach(labels::add);
        return answer;
    }

    private static ObjectNode label(String id) {
        var own = id.equals(PROJECT);
        return FakeGoogle.JSON
                .createObjectNode()
                .put("id", id)
                .put("name", own ? "Projects/Atlas" : id)
                .put("type", own ? "user" : "system");
    }

    static ObjectNode one(String id, Collection<FakeMessage> messages) {
        if (!known(id)) {
            throw Refused.notFound();
        }
        var unread = messages.stream()
                .filter(message -> message.has(id) && message.has("UNREAD"))
                .count();
        return label(id).put("messagesUnread", unread);
    }
}
