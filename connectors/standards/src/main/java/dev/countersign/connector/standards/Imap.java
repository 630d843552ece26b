package dev.countersign.connector.standards;

import dev.countersign.connector.Upstream;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;

/** A connection to the account's mailbox for one piece of work. RFC 9051. */
final class Imap {
    static final String SERVER = "imap";

    /** Never looked up: the connection is there already. */
    private static final String NOWHERE = "127.0.0.1";

    /** A search through a large mailbox takes its time. */
    private static final int ANSWER_MILLISECONDS = 60_000;

    private static final String NO_CREDENTIAL = "-";

    /** What is done with the mailbox. */
    @FunctionalInterface
    interface Work<T> {
        T on(Imap imap) throws MessagingException, IOException;
    }

    /** What is done with one folder. */
    @FunctionalInterface
    interface FolderWork<T> {
        T on(IMAPFolder folder) throws MessagingException, IOException;
    }

    private final IMAPStore store;

    private Imap(IMAPStore store) {
        this.store = store;
    }

    /** Fails with an {@link dev.countersign.connector.UpstreamException} whatever goes wrong. */
    static <T> T with(Upstream upstream, Work<T> work) {
        var session = Session.getInstance(properties(upstream));
        try (var store = (IMAPStore) session.getStore("imap")) {
            store.connect(NOWHERE, NO_CREDENTIAL, NO_CREDENTIAL);
            return work.on(new Imap(store));
        } catch (MessagingException e) {
            throw MailFailures.of(e);
        } catch (IOException e) {
            throw MailFailures.of(e);
        }
    }

    private static Properties properties(Upstream upstream) {
        var properties = new Properties();
        properties.put("mail.imap.socketFactory", new SignedInSockets(upstream, SERVER));
        properties.put("mail.imap.socketFactory.fallback", "false");
        properties.put("mail.imap.starttls.enable", "false");
        properties.put("mail.imap.timeout", String.valueOf(ANSWER_MILLISECONDS));
        // reading does not mark as read
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imap.closefoldersonstorefailure", "false");
        properties.put("mail.mime.address.strict", "false");
        return properties;
    }

    IMAPStore store() {
        return store;
    }

    <T> T read(String folder, FolderWork<T> work) throws MessagingException, IOException {
        return in(folder, Folder.READ_ONLY, work);
    }

    <T> T write(String folder, FolderWork<T> work) throws MessagingException, IOException {
        return in(folder, Folder.READ_WRITE, work);
    }

    private <T> T in(String name, int mode, FolderWork<T> work) throws MessagingException, IOException {
        var folder = (IMAPFolder) store.getFolder(name);
        folder.open(mode);
        try {
            return work.on(folder);
        } finally {
            close(folder);
        }
    }

    /** Without an expunge: what others marked as deleted is theirs. */
    private static void close(IMAPFolder folder) {
        try {
            if (folder.isOpen()) {
                folder.close(false);
            }
        } catch (MessagingException e) {
            // the work is done, and the connection ends anyway
        }
    }

    boolean can(String capability) throws MessagingException {
        return store.hasCapability(capability);
    }
}
