package dev.countersign.connector.standards;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.countersign.connector.testkit.Dovecot;
import dev.countersign.connector.testkit.TestUpstream;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The mailboxes of Alice and Bob at Dovecot, new for each test: they sign in under a name that no other test has. Their
 * submission server is GreenMail's, which hands what it takes to Dovecot by LMTP.
 */
final class DovecotHost implements MailAccounts {
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Dovecot dovecot;
    private final String prefix = "t" + MADE.incrementAndGet() + "-";
    private final GreenMail submission = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    /** @param dovecot the caller's to close */
    DovecotHost(Dovecot dovecot) {
        this.dovecot = dovecot;
        submission.start();
        submission.setUser(MailHost.ALICE, MailHost.ALICE, MailHost.PASSWORD);
        submission.setUser(MailHost.BOB, MailHost.BOB, MailHost.PASSWORD);
        submission.getUserManager().setMessageDeliveryHandler((taken, recipient) -> {
            deliver(recipient.getEmail(), bytes(taken.getMessage()));
            return user(recipient.getEmail());
        });
    }

    /** Dovecot with one password for all. */
    static Dovecot started(String settings) {
        return Dovecot.start("""
            auth_mechanisms = plain login
            passdb {
              driver = static
              args = password=%s
            }
            %s
            """.formatted(MailHost.PASSWORD, settings));
    }

    private GreenMailUser user(String address) {
        return submission.getUserManager().getUserByEmail(address);
    }

    private static byte[] bytes(jakarta.mail.Message message) throws MessagingException {
        try {
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a message into the inbox, as another host has brought it. */
    void deliver(String address, byte[] message) {
        dovecot.deliver(prefix + address, message);
    }

    String user(String address, String folder) {
        return dovecot.mail(prefix + address).resolve(folder).toString();
    }

    TestUpstream upstream(String address) {
        return new TestUpstream(MailHost.provider(), address, MailHost.PASSWORD, sockets(address));
    }

    @Override
    public Function<String, Socket> sockets(String address) {
        return server -> switch (server) {
            case "imap" -> SignedIn.imap(dovecot.imapPort(), prefix + address, MailHost.PASSWORD);
            case "smtp" -> SignedIn.smtp(submission.getSmtp().getPort(), address, MailHost.PASSWORD);
            default -> throw new IllegalArgumentException(server);
        };
    }

    @Override
    public StandardsMail mail(String address) {
        return new StandardsMail(upstream(address));
    }

    @Override
    public void close() {
        submission.stop();
    }
}
