package dev.countersign.connector.workspace;

import java.util.Optional;

/**
 * A place where mail lies: an IMAP folder, a Gmail label.
 *
 * @param id what {@link MailService} takes; every role but {@code OTHER} is answered to by its lower-case name too, e.g.
 *     {@code inbox}
 * @param name with slashes between levels, e.g. {@code Projects/Atlas}
 * @param unread how many messages nobody has read, where it is known without much ado
 */
public record Folder(String id, String name, Role role, Optional<Integer> unread) {
    /** What a folder is for, RFC 6154 section 2. */
    public enum Role {
        INBOX,
        DRAFTS,
        SENT,
        ARCHIVE,
        TRASH,
        SPAM,
        OTHER
    }
}
