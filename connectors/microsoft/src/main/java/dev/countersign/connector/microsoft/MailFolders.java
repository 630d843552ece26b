package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.Folder;
import dev.countersign.connector.workspace.Folder.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Outlook's folders. Those that every mailbox has answer to names of Outlook's own, beside their ids.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/mailfolder">mailFolder</a>
 */
final class MailFolders {
    static final String DRAFTS = "drafts";
    static final String OUTBOX = "outbox";
    static final String TRASH = "deleteditems";
    static final String SPAM = "junkemail";

    private static final Map<String, Role> ROLES = Map.of(
            "inbox",
            Role.INBOX,
            DRAFTS,
            Role.DRAFTS,
            "sentitems",
            Role.SENT,
            "archive",
            Role.ARCHIVE,
            TRASH,
            Role.TRASH,
            SPAM,
            Role.SPAM);

    private static final Map<String, String> BY_ROLE = Map.of("sent", "sentitems", "trash", TRASH, "spam", SPAM);
    private static final int FOLDERS_A_PAGE = 100;
    private static final int MOST_LEVELS = 10;

    private final Upstream upstream;

    MailFolders(Upstream upstream) {
        this.upstream = upstream;
    }

    /** What Graph takes for a folder's id or the name of a role. */
    static String id(String folder) {
        return BY_ROLE.getOrDefault(folder, folder);
    }

    List<Folder> all() {
        var roles = roles();
        var folders = new ArrayList<Folder>();
        collect("me/mailFolders", Optional.empty(), "", roles, MOST_LEVELS, folders);
        folders.sort(Comparator.comparing(Folder::role));
        return folders;
    }

    private Map<String, Role> roles() {
        var found = wellKnown(ROLES.keySet());
        var roles = new HashMap<String, Role>();
        found.forEach((name, id) -> roles.put(id, ROLES.getOrDefault(name, Role.OTHER)));
        return roles;
    }

    /** The ids of folders by Outlook's names for them; the archive of a mailbox may not be there yet. */
    Map<String, String> wellKnown(Set<String> names) {
        // one by one, for a batch is a POST, and questions are put with GET alone
        var found = new HashMap<String, String>();
        names.forEach(name -> Absent.ifNotFound(() -> folder(name)).ifPresent(one -> found.put(name, one.id())));
        return found;
    }

    private MailJson.Folder folder(String name) {
        return Graph.preferring(upstream.get("me/mailFolders/{id}", name))
                .query("$select", MailJson.FOLDER)
                .as(MailJson.Folder.class);
    }

    private void collect(
            String path,
            Optional<String> parent,
            String above,
            Map<String, Role> roles,
            int levels,
            List<Folder> into) {
        for (var json : children(path, parent)) {
            var name = above + json.displayName().orElse(json.id());
            into.add(new Folder(json.id(), name, roles.getOrDefault(json.id(), Role.OTHER), json.unreadItemCount()));
            if (json.childFolderCount().orElse(0) > 0 && levels > 1) {
                collect(
                        "me/mailFolders/{id}/childFolders",
                        Optional.of(json.id()),
                        name + "/",
                        roles,
                        levels - 1,
                        into);
            }
        }
    }

    private List<MailJson.Folder> children(String path, Optional<String> parent) {
        var all = new ArrayList<MailJson.Folder>();
        var next = Optional.<String>empty();
        do {
            var request = Graph.preferring(upstream.get(path, parent.stream().toArray()));
            var page = next.map(state -> Graph.page(request, state))
                    .orElseGet(() -> request.query("$top", FOLDERS_A_PAGE).query("$select", MailJson.FOLDER))
                    .as(MailJson.Folders.class);
            all.addAll(page.value());
            next = Graph.next(page.nextLink());
        } while (next.isPresent());
        return all;
    }
}
