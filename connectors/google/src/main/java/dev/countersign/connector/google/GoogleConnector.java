package dev.countersign.connector.google;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Setup;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.FilesService;
import dev.countersign.connector.workspace.MailService;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The connector of Google accounts, private ones and those of an organisation. */
public final class GoogleConnector implements Connector {
    /** Base of the Gmail API, which has a host of its own. */
    static final String GMAIL = "gmail";

    /** Base of the People API, which has a host of its own. */
    static final String PEOPLE = "people";

    private static final String SCOPE = "https://www.googleapis.com/auth/";

    /**
     * A refresh token that covers what was granted before too, for the account that the person picks. Consent is not forced:
     * who allowed all this before is not asked again.
     */
    private static final Map<String, String> PARAMETERS =
            Map.of("access_type", "offline", "include_granted_scopes", "true", "prompt", "select_account");

    /** Google's endpoints, or all of them on one origin. */
    private record Hosts(String authorize, String token, String api, String gmail, String people) {
        static final Hosts GOOGLE = new Hosts(
                "https://accounts.google.com",
                "https://oauth2.googleapis.com",
                "https://www.googleapis.com",
                "https://gmail.googleapis.com",
                "https://people.googleapis.com");

        static Hosts all(String origin) {
            return new Hosts(origin, origin, origin, origin, origin);
        }
    }

    @Override
    public String id() {
        return "google";
    }

    @Override
    public String name() {
        return "Google";
    }

    /** Takes {@code url}: the origin of a server that plays all of Google's; absent for Google itself. */
    @Override
    public Provider provider(Settings settings) {
        var origin = settings.get("url").filter(url -> !url.isBlank()).map(GoogleConnector::origin);
        var hosts = origin.map(Hosts::all).orElse(Hosts.GOOGLE);
        return Provider.oauth2(
                        URI.create(hosts.authorize() + "/o/oauth2/v2/auth"),
                        URI.create(hosts.token() + "/token"),
                        URI.create(hosts.api() + "/"))
                .withApi(GMAIL, URI.create(hosts.gmail() + "/"))
                .withApi(PEOPLE, URI.create(hosts.people() + "/"))
                .withRevocation(URI.create(hosts.token() + "/revoke"))
                .withIssuer(hosts.authorize())
                .withRefresh(Provider.Refresh.STABLE)
                .withFailures(GoogleFailures::read)
                .withIdentityScopes("openid", SCOPE + "userinfo.email", SCOPE + "userinfo.profile")
                .withAuthorizeParameters(PARAMETERS)
                .withScope("calendar:read", SCOPE + "calendar.readonly")
                .withScope("calendar:write", SCOPE + "calendar.readonly", SCOPE + "calendar.events")
                .withScope("mail:read", SCOPE + "gmail.readonly")
                .withScope("mail:write", SCOPE + "gmail.modify")
                .withScope("mail:send", SCOPE + "gmail.send")
                .withScope(
                        "contacts:read",
                        SCOPE + "contacts.readonly",
                        SCOPE + "contacts.other.readonly",
                        SCOPE + "directory.readonly")
                .withScope("files:read", SCOPE + "drive.readonly");
    }

    private static String origin(String setting) {
        var url = setting.endsWith("/") ? setting.substring(0, setting.length() - 1) : setting;
        if (url.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
            return url;
        }
        throw new IllegalArgumentException(
                "setting 'url' must be an origin like http://127.0.0.1:8080, not '" + setting + "'");
    }

    @Override
    public Setup setup(URI redirect) {
        return GoogleSetup.steps(redirect);
    }

    /** A refresh token comes with the first consent, and again only when consent is asked for anew. */
    @Override
    public Map<String, String> forcedConsent() {
        return Map.of("prompt", "consent");
    }

    /** The answer of oauth2/v2/userinfo; {@code id} is the {@code sub} of OpenID Connect. */
    record UserInfo(String id, String email, Optional<String> name) {}

    @Override
    public Identity identity(Upstream upstream) {
        var info = upstream.get("oauth2/v2/userinfo").as(UserInfo.class);
        return new Identity(info.id(), info.email(), Absent.filled(info.name()).orElse(info.email()));
    }

    @Override
    public Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of(
                CalendarService.class, GoogleCalendar::new,
                MailService.class, GoogleMail::new,
                ContactsService.class, GoogleContacts::new,
                FilesService.class, GoogleDrive::new,
                SearchService.class, GoogleSearch::new);
    }
}
