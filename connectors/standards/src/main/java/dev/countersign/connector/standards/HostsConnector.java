package dev.countersign.connector.standards;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Setup;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.MailService;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The connector of accounts at one host of CalDAV, CardDAV, IMAP and SMTP that takes access tokens of an authorization server
 * in place of passwords. RFC 7628. Which host, the configuration says.
 */
public final class HostsConnector implements Connector {
    @Override
    public String id() {
        return "oauth-host";
    }

    @Override
    public String name() {
        return "Mail host with its own sign-in";
    }

    @Override
    public Provider provider(Settings settings) {
        return HostSettings.provider(settings);
    }

    /** Of OpenID Connect Core 1.0 section 5.3.2; Microsoft has the address in {@code preferred_username}. */
    @SuppressWarnings("MemberName") // it is the name in the answer
    record UserInfo(String sub, Optional<String> email, Optional<String> preferred_username, Optional<String> name) {}

    /** The address is what the servers are signed in to with, so one that is no address is refused. */
    @Override
    public Identity identity(Upstream upstream) {
        var info = upstream.get(HostSettings.USER_INFO).as(UserInfo.class);
        var address = Stream.of(info.email(), info.preferred_username())
                .flatMap(Optional::stream)
                .filter(HostsConnector::isAddress)
                .findFirst()
                .orElseThrow(() -> new UpstreamException(
                        Kind.BROKEN,
                        "The host did not say which mail address the account has. Whoever runs this server has to add"
                                + " a scope like email to identity-scopes."));
        return new Identity(
                info.sub(), address, info.name().filter(name -> !name.isBlank()).orElse(address));
    }

    private static boolean isAddress(String text) {
        return text.indexOf('@') > 0
                && text.indexOf('@') < text.length() - 1
                && text.codePoints().noneMatch(one -> Character.isISOControl(one) || Character.isWhitespace(one));
    }

    @Override
    public Setup setup(URI redirect) {
        return Setup.of(
                        "Register a confidential client at the host's authorization server, with the redirect address "
                                + redirect + ".",
                        "Set client-id and client-secret, authorize-url, token-url and userinfo-url, as its discovery"
                                + " document (/.well-known/openid-configuration) gives them.",
                        "Set the servers there are of imap, smtp, caldav and carddav, and the scope that each wants.")
                .withNotes(
                        "IMAP and SMTP have to offer OAUTHBEARER or XOAUTH2, CalDAV and CardDAV to take bearer tokens.",
                        "Servers in a private network are reached, since nobody but the configuration names them.");
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
