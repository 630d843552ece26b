package dev.countersign.connector.microsoft;

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
import java.util.function.Function;

/**
 * The connector of Microsoft accounts, personal ones and those of work or school.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow">Authorization code flow</a>
 */
public final class MicrosoftConnector implements Connector {
    private static final String SIGN_IN = "https://login.microsoftonline.com";
    private static final String GRAPH = "https://graph.microsoft.com";

    /** Where Graph says that pieces of a file go, and where it says that files are fetched. */
    private static final String[] TRANSFERS = {
        "outlook.office.com", "outlook.office365.com", "sharepoint.com", "1drv.com", "microsoftpersonalcontent.com"
    };

    @Override
    public String id() {
        return "microsoft";
    }

    @Override
    public String name() {
        return "Microsoft";
    }

    /**
     * Takes {@code tenant}: who may sign in, {@code common} when absent; and {@code url}: the origin of a server that plays
     * Microsoft's sign-in and Graph.
     */
    @Override
    public Provider provider(Settings settings) {
        var tenant =
                tenant(settings.get("tenant").filter(text -> !text.isBlank()).orElse("common"));
        var origin = settings.get("url").filter(url -> !url.isBlank()).map(MicrosoftConnector::origin);
        var signIn = origin.orElse(SIGN_IN) + "/" + tenant + "/oauth2/v2.0/";
        return Provider.oauth2(
                        URI.create(signIn + "authorize"),
                        URI.create(signIn + "token"),
                        URI.create(origin.orElse(GRAPH) + "/v1.0/"))
                .withTransfers(TRANSFERS)
                .withRefresh(Provider.Refresh.ROTATING)
                .withFailures(GraphFailures::read)
                .withIdentityScopes("offline_access", "User.Read")
                .withAuthorizeParameters(Map.of("prompt", "select_account"))
                .withScope("calendar:read", "Calendars.Read", "MailboxSettings.Read")
                .withScope("calendar:write", "Calendars.Read", "Calendars.ReadWrite", "MailboxSettings.Read")
                .withScope("mail:read", "Mail.Read")
                .withScope("mail:write", "Mail.Read", "Mail.ReadWrite")
                .withScope("mail:send", "Mail.ReadWrite", "Mail.Send")
                .withScope("contacts:read", "Contacts.Read", "People.Read")
                .withScope("files:read", "Files.Read");
    }

    /** A word of Microsoft's, a tenant's id, or one of its domains. */
    private static String tenant(String setting) {
        if (setting.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")) {
            return setting;
        }
        throw new IllegalArgumentException("setting 'tenant' must be common, organizations, consumers, or a tenant's id"
                + " or domain, not '" + setting + "'");
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
        return MicrosoftSetup.steps(redirect);
    }

    @Override
    public Identity identity(Upstream upstream) {
        var user = Owner.read(upstream);
        return new Identity(
                user.id(), user.address(), Absent.filled(user.displayName()).orElse(user.address()));
    }

    @Override
    public Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of(
                CalendarService.class, MicrosoftCalendar::new,
                MailService.class, MicrosoftMail::new,
                ContactsService.class, MicrosoftContacts::new,
                FilesService.class, OneDrive::new,
                SearchService.class, MicrosoftSearch::new);
    }
}
