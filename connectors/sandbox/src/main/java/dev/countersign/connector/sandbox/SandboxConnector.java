package dev.countersign.connector.sandbox;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Embedded;
import dev.countersign.connector.Provider;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.ContactsService;
import dev.countersign.connector.workspace.FilesService;
import dev.countersign.connector.workspace.MailService;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The connector of the sandbox; what it knows of the provider it learns over HTTP. */
public final class SandboxConnector implements Connector {
    @Override
    public String id() {
        return "sandbox";
    }

    @Override
    public String name() {
        return "Sandbox";
    }

    /** Takes {@code url}, the provider's origin, e.g. {@code http://127.0.0.1:8485}. */
    @Override
    public Provider provider(Settings settings) {
        var url = url(settings.required("url"));
        return Provider.oauth2(URI.create(url + "/authorize"), URI.create(url + "/token"), URI.create(url + "/api/"))
                .withRevocation(URI.create(url + "/revoke"))
                .withIssuer(url)
                .withRefresh(Provider.Refresh.SINGLE_USE)
                .withIdentityScopes(Scope.PROFILE.word())
                .withAuthorizeParameters(Map.of("include_granted_scopes", "true"))
                .withScope("calendar:read", Scope.CALENDAR_READ.word())
                .withScope("calendar:write", Scope.CALENDAR_READ.word(), Scope.CALENDAR_WRITE.word())
                .withScope("mail:read", Scope.MAIL_READ.word())
                .withScope("mail:write", Scope.MAIL_READ.word(), Scope.MAIL_WRITE.word())
                .withScope("mail:send", Scope.MAIL_SEND.word())
                .withScope("contacts:read", Scope.CONTACTS_READ.word())
                .withScope("files:read", Scope.FILES_READ.word());
    }

    private static String url(String setting) {
        var url = setting.endsWith("/") ? setting.substring(0, setting.length() - 1) : setting;
        try {
            var parsed = URI.create(url);
            var scheme = parsed.getScheme() == null ? "" : parsed.getScheme();
            if ((scheme.equals("http") || scheme.equals("https"))
                    && parsed.getHost() != null
                    && parsed.getRawPath().isEmpty()
                    && parsed.getRawQuery() == null
                    && parsed.getRawFragment() == null
                    && parsed.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below, with what is allowed
        }
        throw new IllegalArgumentException(
                "setting 'url' must be an origin like http://127.0.0.1:8485, not '" + setting + "'");
    }

    record UserInfo(String sub, String email, String name) {}

    @Override
    public Identity identity(Upstream upstream) {
        var info = upstream.get("userinfo").as(UserInfo.class);
        return new Identity(info.sub(), info.email(), info.name());
    }

    @Override
    public Map<Class<?>, Function<Upstream, ?>> services() {
        return Map.of(
                CalendarService.class, SandboxCalendar::new,
                MailService.class, SandboxMail::new,
                ContactsService.class, SandboxContacts::new,
                FilesService.class, SandboxFiles::new,
                SearchService.class, SandboxSearch::new);
    }

    @Override
    public Optional<Embedded> embedded() {
        return Optional.of(new Sandbox());
    }
}
