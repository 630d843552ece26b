package dev.countersign.connections;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.countersign.audit.AuditEvent;
import dev.countersign.client.Browser;
import dev.countersign.connector.Connector;
import dev.countersign.connector.PasswordSignIn;
import dev.countersign.connector.Settings;
import dev.countersign.console.LinkingConsole;
import dev.countersign.hosts.Reach;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.store.Database;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;

/** The pages of linked accounts, a mail server that is GreenMail, and a DAV server that knows one password. */
final class PasswordFront implements AutoCloseable {
    static final String ALICE = "alice@example.com";
    static final String ACCOUNT = "alice@mail.example";
    static final String PASSWORD = "canary-app-password";

    final MovingClock clock = new MovingClock();
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final Map<String, URI> discovered = new ConcurrentHashMap<>();
    final GreenMail mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
    });
    final MockWebServer dav = new MockWebServer();
    final Path data;
    final Database database;
    final Person alice;
    final Connections connections;
    volatile String davPassword = PASSWORD;
    private final HttpServer listener;

    PasswordFront(Path data) throws IOException {
        this(data, Reach.internet(true));
    }

    /** @param reach which servers may be signed in to, and for how long */
    PasswordFront(Path data, Reach reach) throws IOException {
        this.data = data;
        mail.start();
        mail.setUser(ACCOUNT, ACCOUNT, PASSWORD);
        dav.setDispatcher(new Dav());
        dav.start();
        discovered.putAll(here());
        database = Database.open(data.resolve("countersign.db"));
        var people = new People(database, LinkFront.PASSWORDS, audit::add, clock);
        alice = people.create(ALICE, "Alice", Secret.of("a password for tests"), ZoneOffset.UTC, false);
        var sessions = new BrowserSessions(database, people, false, audit::add, clock);
        var vault = new Vault(database, KeyRing.open(data.resolve("keys")), clock);
        var way = new LinkableProvider.Password(new Hosted(discovered), reach);
        var linkable = new LinkableProvider(new HostedConnector(), way);
        connections = new Connections(
                database, vault, List.of(linkable), "http://localhost", data.resolve("spool"), audit::add, clock);
        var flow = new LinkFlow(connections, database, vault, clock);
        var console =
                new LinkingConsole(people, sessions, new FirstRun(database, people, clock), connections, flow, clock);
        listener = HttpServer.start(HttpSettings.loopback(0), console.routes(), console.errorPages());
    }

    /** The servers of this test, in clear, on this machine. */
    Map<String, URI> here() {
        return Map.of(
                "caldav", dav.url("/dav/").uri(),
                "imap", URI.create("imap://127.0.0.1:" + mail.getImap().getPort()),
                "smtp", URI.create("smtp://127.0.0.1:" + mail.getSmtp().getPort()));
    }

    private static final class HostedConnector implements Connector {
        @Override
        public String id() {
            return "hosted";
        }

        @Override
        public String name() {
            return "Hosted";
        }

        @Override
        public Optional<PasswordSignIn> passwordSignIn(Settings settings) {
            return Optional.of(new Hosted(Map.of()));
        }
    }

    private record Hosted(Map<String, URI> found) implements PasswordSignIn {
        @Override
        public Map<String, List<String>> scopes() {
            return Map.of(
                    "caldav", List.of("calendar:read", "calendar:write"),
                    "imap", List.of("mail:read", "mail:send"),
                    "smtp", List.of("mail:send"));
        }

        @Override
        public Map<String, URI> discover(String address, Lookup lookup) {
            return Map.copyOf(found);
        }
    }

    /** Answers under /dav/ those who know the password. */
    private final class Dav extends Dispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            var known = Credentials.basic(ACCOUNT, davPassword)
                    .equals(request.getHeaders().get("Authorization"));
            var path = request.getUrl().encodedPath();
            int status = !known ? 401 : path.startsWith("/dav/") ? 207 : 404;
            return new MockResponse.Builder()
                    .code(status)
                    .body("<multistatus/>")
                    .build();
        }
    }

    URI at(String path) {
        return URI.create("http://localhost:" + listener.port() + path);
    }

    Browser.Page open(Browser browser, String path) {
        return browser.signInIfAsked(browser.open(at(path)), ALICE, "a password for tests");
    }

    /** The page that asks for the password. */
    Browser.Page form(Browser browser) {
        return browser.press(open(browser, "/connect/hosted"), "Find servers", Map.of("Mail address", ACCOUNT));
    }

    Browser.Page link(Browser browser, String password) {
        return browser.press(form(browser), "Connect Hosted", Map.of("App password", password));
    }

    /** With fields beside the password. */
    Browser.Page link(Browser browser, Map<String, String> fields) {
        var all = new LinkedHashMap<>(fields);
        all.putIfAbsent("App password", PASSWORD);
        return browser.press(form(browser), "Connect Hosted", all);
    }

    LinkedAccount linked() {
        try (var browser = new Browser("nowhere:")) {
            link(browser, PASSWORD);
        }
        return connections.of(alice.id()).getFirst();
    }

    @Override
    public void close() {
        listener.close();
        connections.close();
        database.close();
        dav.close();
        mail.stop();
    }
}
