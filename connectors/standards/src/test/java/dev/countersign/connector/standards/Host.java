package dev.countersign.connector.standards;

import com.icegreen.greenmail.util.GreenMail;
import dev.countersign.connector.Account;
import dev.countersign.connector.Provider;
import dev.countersign.connector.testkit.TestAccount;
import dev.countersign.connector.testkit.TestUpstream;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Outgoing;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One host of calendars, contacts and mail, with accounts that no other test has. */
public final class Host implements AutoCloseable {
    /** Everybody's. */
    public static final String PASSWORD = MailHost.PASSWORD;

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final Set<String> SCOPES = Set.of(
            "calendar:read", "calendar:write", "contacts:read", "mail:read", "mail:write", "mail:send", "search");

    private final DavHost dav = DavHost.get();
    private final MailHost mail = new MailHost();

    Provider provider() {
        var provider = Provider.oauth2(dav.url(), dav.url(), dav.url())
                .withApi(CalendarFolders.SERVER, dav.url())
                .withApi(StandardsContacts.SERVER, dav.url());
        for (var scope : SCOPES) {
            provider = provider.withScope(scope, scope);
        }
        return provider;
    }

    GreenMail greenMail() {
        return mail.greenMail();
    }

    /** Of calendars and contacts. */
    public URI davUrl() {
        return dav.url();
    }

    public int imapPort() {
        return greenMail().getImap().getPort();
    }

    public int smtpPort() {
        return greenMail().getSmtp().getPort();
    }

    /** The person's calendar, once their calendar program has taken what came by mail. */
    public CalendarService calendar(TestUpstream upstream) {
        return CalendarProgram.of(this, upstream);
    }

    /** Somebody new, with an empty calendar and address book. */
    public TestUpstream newPerson() {
        var address = DavHost.person(PEOPLE.getAndIncrement());
        mail.add(address);
        var upstream = new TestUpstream(provider(), address, MailHost.PASSWORD, mail.sockets(address));
        var dav = upstream.at(CalendarFolders.SERVER);
        dav.request("MKCALENDAR", address + "/main/").send();
        dav.request("MKCOL", address + "/people/")
                .body("""
                    <D:mkcol xmlns:D="DAV:" xmlns:A="urn:ietf:params:xml:ns:carddav"><D:set><D:prop><D:resourcetype>
                    <D:collection/><A:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>
                    """.getBytes(StandardCharsets.UTF_8), "application/xml")
                .send();
        return new TestUpstream(provider(), address, MailHost.PASSWORD, mail.sockets(address));
    }

    TestAccount account() {
        var upstream = newPerson();
        var address = upstream.address().orElseThrow();
        return new TestAccount(
                new Account("standards-1", "standards", "own", address, SCOPES),
                new StandardsConnector(),
                upstream,
                MailHost.PASSWORD);
    }

    public static void addContact(TestUpstream upstream, String id, String card) {
        upstream.at(StandardsContacts.SERVER)
                .request("PUT", upstream.address().orElseThrow() + "/people/" + id + ".vcf")
                .body(card.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "text/vcard; charset=utf-8")
                .send();
    }

    /** Puts a mail into an inbox, as if another host had brought it. */
    public void deliver(String address, Outgoing mail, String from) {
        try {
            var id = "<" + UUID.randomUUID() + "@example.com>";
            greenMail()
                    .getUserManager()
                    .getUserByEmail(address)
                    .deliver(MailWriter.letter(mail, from, id, Map.of(), Date.from(Instant.now()))
                            .message());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        mail.close();
    }
}
