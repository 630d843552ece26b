package dev.countersign.connector.standards;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.countersign.connector.Provider;
import dev.countersign.connector.testkit.TestUpstream;
import java.net.Socket;
import java.net.URI;
import java.util.function.Function;

/**
 * GreenMail, a real IMAP and SMTP server inside the test. What it does not do: {@code OR} in searches, {@code FROM} and
 * {@code TO} by parts of an address, special-use attributes, quotas.
 */
final class MailHost implements MailAccounts {
    static final String ALICE = "alice@example.com";
    static final String BOB = "bob@example.com";
    static final String PASSWORD = "open-sesame-4711";

    private static final ServerSetup[] SETUP = {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
    };

    private final GreenMail greenMail = new GreenMail(SETUP);

    MailHost() {
        greenMail.start();
        greenMail.setUser(ALICE, ALICE, PASSWORD);
        greenMail.setUser(BOB, BOB, PASSWORD);
    }

    GreenMail greenMail() {
        return greenMail;
    }

    void add(String address) {
        greenMail.setUser(address, address, PASSWORD);
    }

    /** No HTTP is spoken with it. */
    static Provider provider() {
        var nowhere = URI.create("http://127.0.0.1:9/");
        return Provider.oauth2(nowhere, nowhere, nowhere);
    }

    TestUpstream upstream(String address) {
        return new TestUpstream(provider(), address, PASSWORD, sockets(address));
    }

    @Override
    public Function<String, Socket> sockets(String address) {
        return server -> switch (server) {
            case "imap" -> SignedIn.imap(greenMail.getImap().getPort(), address, PASSWORD);
            case "smtp" -> SignedIn.smtp(greenMail.getSmtp().getPort(), address, PASSWORD);
            default -> throw new IllegalArgumentException(server);
        };
    }

    @Override
    public StandardsMail mail(String address) {
        return new StandardsMail(upstream(address));
    }

    @Override
    public void close() {
        greenMail.stop();
    }
}
