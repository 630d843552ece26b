package dev.countersign.connector.standards;

import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** Takes messages out of a folder. */
final class Moving {
    private Moving() {}

    /** RFC 6851, or in three steps where the server has no {@code MOVE}. */
    static void move(Imap imap, IMAPFolder folder, Message[] messages, Places.Place to) throws MessagingException {
        Places.make(imap, to);
        var target = imap.store().getFolder(to.id());
        if (imap.can("MOVE")) {
            folder.moveMessages(messages, target);
        } else {
            folder.copyMessages(messages, target);
            remove(imap, folder, messages);
        }
    }

    /** Without RFC 4315 they stay, marked as deleted: an expunge would take what others marked, too. */
    static void remove(Imap imap, IMAPFolder folder, Message[] messages) throws MessagingException {
        folder.setFlags(messages, new Flags(Flags.Flag.DELETED), true);
        if (imap.can("UIDPLUS")) {
            folder.expunge(messages);
        }
    }
}
