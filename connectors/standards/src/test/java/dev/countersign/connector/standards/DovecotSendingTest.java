package dev.countersign.connector.standards;

import dev.countersign.connector.testkit.Dovecot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** By a host that has no folders but the inbox, and makes none by itself. */
class DovecotSendingTest extends SendingContract {
    private static Dovecot dovecot;

    @BeforeAll
    static void start() {
        dovecot = DovecotHost.started("""
            namespace inbox {
              inbox = yes
              separator = /
            }
            """);
    }

    @AfterAll
    static void end() {
        dovecot.close();
    }

    @Override
    protected MailAccounts host() {
        return new DovecotHost(dovecot);
    }
}
