package dev.countersign.connector.standards;

import dev.countersign.connector.Connector;
import dev.countersign.connector.PasswordSignIn;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Setup;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.MailService;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The connector of accounts at any host that speaks CalDAV, CardDAV, IMAP and SMTP. */
public final class StandardsConnector implements Connector {
    @Override
    public String id() {
        return "standards";
    }

    @Override
    public String name() {
        return "Mail, calendar and contacts";
    }

    @Override
    public Optional<PasswordSignIn> passwordSignIn(Settings settings) {
        return Optional.of(new StandardsSignIn());
    }

    /** The address that the person typed is all that every host knows an account by. */
    @Override
    public Identity identity(Upstream upstream) {
        var address = Own.address(upstream);
        return new Identity(address, address, address);
    }

    @Override
    public Setup setup(URI redirect) {
        return Setup.of()
                .withNotes(
                        "Each person enters their mail address and password on a page of Countersign. Where the host"
                                + " offers app passwords, they need one of those.",
                        "Countersign looks the servers up by the address. What it cannot find, the person enters.");
    }

    @Override
    public Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of(
                CalendarService.class, StandardsCalendar::new,
                MailService.class, StandardsMail::new,
                ContactsService.class, StandardsContacts::new,
                SearchService.class, StandardsSearch::new);
    }
}
