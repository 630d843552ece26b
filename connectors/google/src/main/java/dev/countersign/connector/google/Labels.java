package dev.countersign.connector.google;

import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.Folder.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gmail's labels as folders. What is in no other place of Gmail's own is in the archive, which has no label; marks like
 * {@code UNREAD} or {@code STARRED} are no folders.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/labels">Manage labels</a>
 */
final class Labels {
    static final String INBOX = "INBOX";
    static final String DRAFT = "DRAFT";
    static final String SENT = "SENT";
    static final String TRASH = "TRASH";
    static final String SPAM = "SPAM";
    static final String UNREAD = "UNREAD";

    /** An id of ours. */
    static final String ARCHIVE = "ARCHIVE";

    private static final List<Folder> PLACES = List.of(
            place(INBOX, "Inbox", Role.INBOX),
            place(DRAFT, "Drafts", Role.DRAFTS),
            place(SENT, "Sent", Role.SENT),
            place(ARCHIVE, "Archive", Role.ARCHIVE),
            place(TRASH, "Trash", Role.TRASH),
            place(SPAM, "Spam", Role.SPAM));

    private static final Map<String, String> BY_ROLE =
            Map.of("inbox", INBOX, "drafts", DRAFT, "sent", SENT, "archive", ARCHIVE, "trash", TRASH, "spam", SPAM);

    private static final Set<String> MARKS = Set.of(UNREAD, "STARRED", "IMPORTANT", "CHAT");
    private static final String CATEGORY = "CATEGORY_";
    private static final Set<String> GMAILS_OWN = Set.of(INBOX, DRAFT, SENT, TRASH, SPAM);

    private Labels() {}

    private static Folder place(String id, String name, Role role) {
        return new Folder(id, name, role, Optional.empty());
    }

    static List<Folder> folders(List<MailJson.Label> labels, Optional<Integer> unreadInInbox) {
        var folders = new ArrayList<Folder>();
        folders.add(new Folder(INBOX, "Inbox", Role.INBOX, unreadInInbox));
        PLACES.stream().skip(1).forEach(folders::add);
        labels.stream()
                .filter(label -> label.type().equals(Optional.of("user")))
                .sorted(Comparator.comparing(MailJson.Label::name))
                .map(label -> new Folder(label.id(), label.name(), Role.OTHER, label.messagesUnread()))
                .forEach(folders::add);
        return folders;
    }

    /** The id that a folder's id or the name of a role means. */
    static String id(String folder) {
        return BY_ROLE.getOrDefault(folder, folder);
    }

    /** The folders that a message with these labels is in. */
    static List<String> foldersOf(List<String> labels) {
        var places = labels.stream()
                .filter(label -> !MARKS.contains(label) && !label.startsWith(CATEGORY) && !label.endsWith("_STAR"))
                .toList();
        return places.stream().anyMatch(GMAILS_OWN::contains)
                ? places
                : Stream.concat(Stream.of(ARCHIVE), places.stream()).toList();
    }
}
