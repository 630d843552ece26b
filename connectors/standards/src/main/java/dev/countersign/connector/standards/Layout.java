package dev.countersign.connector.standards;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.IMAPStore;

/**
 * How a mailbox names its folders. RFC 2342, RFC 9051 section 5.1.
 *
 * @param separator between a folder and those below it
 * @param personal what the names of one's own folders begin with, the inbox apart: mostly nothing, or {@code INBOX.}
 * @param others what the names of folders begin with that are shared or other people's
 */
record Layout(char separator, String personal, List<String> others) {
    private static final String INBOX = "INBOX";

    Layout {
        others = List.copyOf(others);
    }

    /** A server without namespaces has its own folders only. */
    static Layout of(IMAPStore store) throws MessagingException {
        var own = store.getPersonalNamespaces()[0];
        var separator = own.getSeparator();
        var name = own.getFullName();
        var personal = name.isEmpty() || name.charAt(name.length() - 1) == separator ? name : name + separator;
        var others = Stream.of(store.getUserNamespaces(""), store.getSharedNamespaces())
                .flatMap(Arrays::stream)
                .map(Folder::getFullName)
                // a name that is empty too could not be told from one's own
                .filter(prefix -> !prefix.isEmpty() && !prefix.equals(personal))
                .toList();
        return new Layout(separator, personal, others);
    }

    boolean own(String id) {
        return others.stream().noneMatch(id::startsWith);
    }

    /** As people see it. */
    String shown(String id) {
        return id.replace(separator, '/');
    }

    /** The name within one's own folders; some programs put theirs below the inbox though they need not. */
    String bare(String id) {
        return Stream.of(personal, INBOX + separator)
                .filter(prefix -> !prefix.isEmpty() && id.regionMatches(true, 0, prefix, 0, prefix.length()))
                .findFirst()
                .map(prefix -> id.substring(prefix.length()))
                .orElse(id);
    }

    /** What the name of a new folder begins with: where all folders lie below the inbox, new ones do too. */
    String prefix(List<String> existing) {
        var below = INBOX + separator;
        var beside = existing.stream()
                .filter(id -> !id.equalsIgnoreCase(INBOX) && own(id))
                .toList();
        return personal.isEmpty() && !beside.isEmpty() && beside.stream().allMatch(id -> id.startsWith(below))
                ? below
                : personal;
    }
}
