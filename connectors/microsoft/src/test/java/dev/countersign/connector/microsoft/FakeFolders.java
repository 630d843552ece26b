package dev.countersign.connector.microsoft;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import tools.jackson.databind.node.ObjectNode;

/** The folders of a simulated mailbox: those that every one has, and one within another. */
final class FakeFolders {
    static final String INBOX = "AQMkInbox";
    static final String DRAFTS = "AQMkDrafts";
    static final String SENT = "AQMkSent";
    static final String OUTBOX = "AQMkOutbox";
    static final String ARCHIVE = "AQMkArchive";
    static final String TRASH = "AQMkTrash";
    static final String SPAM = "AQMkSpam";
    static final String PROJECTS = "AQMkProjects";
    static final String ATLAS = "AQMkAtlas";

    private static final Map<String, String> WELL_KNOWN = Map.of(
            "inbox", INBOX,
            "drafts", DRAFTS,
            "sentitems", SENT,
            "outbox", OUTBOX,
            "archive", ARCHIVE,
            "deleteditems", TRASH,
            "junkemail", SPAM);

    private static final Map<String, String> NAMES = Map.of(
            INBOX, "Posteingang",
            DRAFTS, "Entwürfe",
            SENT, "Gesendete Elemente",
            OUTBOX, "Postausgang",
            ARCHIVE, "Archiv",
            TRASH, "Gelöschte Elemente",
            SPAM, "Junk-E-Mail",
            PROJECTS, "Projects",
            ATLAS, "Atlas");

    private FakeFolders() {}

    /** The id of a folder by its id or well-known name. */
    static String of(String id) {
        var known = WELL_KNOWN.getOrDefault(id, id);
        if (!NAMES.containsKey(known)) {
            throw Refused.malformed();
        }
        return known;
    }

    static MockResponse answer(Asked asked, Collection<ObjectNode> messages) {
        return switch (asked.path().size()) {
            case 2 ->
                asked.page(List.of(DRAFTS, SENT, INBOX, OUTBOX, ARCHIVE, TRASH, SPAM, PROJECTS).stream()
                        .map(id -> json(id, messages))
                        .toList());
            case 3 -> FakeGraph.json(json(of(asked.segment(2)), messages));
            default -> asked.page(of(asked.segment(2)).equals(PROJECTS) ? List.of(json(ATLAS, messages)) : List.of());
        };
    }

    private static ObjectNode json(String id, Collection<ObjectNode> messages) {
        var unread = messages.stream()
                .filter(one -> one.path("parentFolderId").asString().equals(id)
                        && !one.path("isRead").asBoolean())
                .count();
        return FakeGraph.JSON
                .createObjectNode()
                .put("id", id)
                .put("displayName", NAMES.get(id))
                .put("childFolderCount", id.equals(PROJECTS) ? 1 : 0)
                .put("unreadItemCount", unread);
    }
}
