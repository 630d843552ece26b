package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.Dovecot;
import dev.countersign.connector.testkit.MailServiceContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The two ways in which most hosts lay mailboxes out. */
class DovecotContractTest {
    /** Folders beside the inbox, whose uses the host names. */
    static final String BESIDE = """
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Entwürfe {
            auto = subscribe
            special_use = \\Drafts
          }
          mailbox "Gesendete Objekte" {
            auto = subscribe
            special_use = \\Sent
          }
          mailbox Müll {
            auto = subscribe
            special_use = \\Trash
          }
          mailbox Unerwünscht {
            auto = subscribe
            special_use = \\Junk
          }
          mailbox "Abgelegt/Alles von früher" {
            auto = subscribe
            special_use = \\Archive
          }
        }
        """;

    /** Folders below the inbox, of which the host says nothing. */
    static final String BELOW = """
        namespace inbox {
          inbox = yes
          separator = .
          prefix = INBOX.
        }
        """;

    abstract static class Contract extends MailServiceContract {
        private final DovecotHost host;

        Contract(Dovecot dovecot) {
            host = new DovecotHost(dovecot);
        }

        @AfterEach
        void stop() {
            host.close();
        }

        @Override
        protected Owner owner() {
            return new Owner(host.mail(MailHost.ALICE), MailHost.ALICE);
        }

        @Override
        protected Owner correspondent() {
            return new Owner(host.mail(MailHost.BOB), MailHost.BOB);
        }
    }

    private static Dovecot beside;
    private static Dovecot below;

    @BeforeAll
    static void start() {
        beside = DovecotHost.started(BESIDE);
        below = DovecotHost.started(BELOW);
    }

    @AfterAll
    static void end() {
        beside.close();
        below.close();
    }

    @Nested
    class FoldersBesideTheInbox extends Contract {
        FoldersBesideTheInbox() {
            super(beside);
        }
    }

    @Nested
    class FoldersBelowTheInbox extends Contract {
        FoldersBelowTheInbox() {
            super(below);
        }
    }
}
