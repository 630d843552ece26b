package dev.countersign.connector.sandbox;

import dev.countersign.connector.Embedded;
import dev.countersign.connector.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded provider: OAuth endpoints, a calendar, mail, contacts and files API, and pages, on an origin of its own over
 * one SQLite file. Its folder holds {@code sandbox.db} and, for their owner only, {@code client-secret}, {@code control-key}
 * and {@code form-key}.
 */
public final class Sandbox implements Embedded {
    /** Short, so that refreshing is part of any longer use. */
    private static final Duration USUAL_ACCESS_TOKEN_LIFETIME = Duration.ofMinutes(5);

    /** A client that sends its headers slower than this is not one of ours. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(150);

    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private final Duration accessTokenLifetime;

    public Sandbox() {
        this(USUAL_ACCESS_TOKEN_LIFETIME);
    }

    /** @param accessTokenLifetime how long each access token is good for */
    public Sandbox(Duration accessTokenLifetime) {
        if (!accessTokenLifetime.isPositive()) {
            throw new IllegalArgumentException("the lifetime of access tokens must be positive");
        }
        this.accessTokenLifetime = accessTokenLifetime;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fails with {@link IllegalArgumentException} when a fault is unknown, with {@link BindException} when the port is
     * in use.
     */
    @Override
    public Running start(Path folder, String host, int port, URI redirect, Clock clock, Map<String, String> faults)
            throws IOException {
        var told = new Faults(faults);
        Files.createDirectories(folder);
        var server = new Server(new VirtualThreadPool());
        var connector = connector(server, host, port);
        open(connector);
        Store store;
        try {
            store = new Store(folder.resolve("sandbox.db"));
        } catch (IOException | RuntimeException e) {
            connector.close();
            throw e;
        }
        try {
            new Seed(store, clock).plant();
            new FileSeed(store, clock).plant();
            var authority = authority(host, connector.getLocalPort());
            var registration = new Clients(store).register(folder.resolve("client-secret"), redirect);
            var controlKey = OwnerFile.readOrMake(folder.resolve("control-key"), () -> Secrets.random("sbx_ck_"));
            var formKey = OwnerFile.readOrMake(folder.resolve("form-key"), () -> Secrets.random(""));
            var routes = routes(store, clock, told, "http://" + authority, controlKey, formKey);
            server.setHandler(new HttpFront(routes, authority));
            server.start();
            LOG.info("sandbox started address=http://{}", authority);
            return new RunningSandbox(server, store, "http://" + authority, registration, controlKey);
        } catch (Exception e) {
            connector.close();
            store.close();
            throw e instanceof IOException io ? io : new IOException("the sandbox did not start", e);
        }
    }

    private static ServerConnector connector(Server server, String host, int port) {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        configuration.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        server.addConnector(connector);
        return connector;
    }

    private static void open(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            throw e.getCause() instanceof BindException bind ? bind : e; // Jetty wraps it
        }
    }

    private static String authority(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private List<Route> routes(
            Store store, Clock clock, Faults faults, String issuer, String controlKey, String formKey) {
        var people = new People(store);
        var clients = new Clients(store);
        var grants = new Grants(store, clock, accessTokenLifetime);
        var browser = new Browser(store, clock, formKey);
        var mail = new MailBook(store, clock);
        var calendar = new CalendarBook(store, clock);
        var files = new FileBook(store);
        var account = new AccountPages(browser);
        var api = new Api(people, grants, faults, new Repeats(store, clock));
        var routes = new ArrayList<Route>();
        routes.addAll(new SignInPages(people, browser, clock).routes());
        routes.addAll(new AuthorizeEndpoint(clients, grants, browser, issuer).routes());
        routes.addAll(new TokenEndpoint(clients, grants, faults, issuer).routes());
        routes.addAll(new PeopleApi(store, people).routes(api));
        routes.addAll(new CalendarApi(calendar, people, new Invitations(mail), clock, issuer).routes(api));
        routes.addAll(new MailApi(mail, issuer).routes(api));
        routes.addAll(new FilesApi(files, issuer).routes(api));
        routes.addAll(new MailboxPages(account, mail, calendar, clock).routes());
        routes.addAll(new FilePages(account, files).routes());
        routes.addAll(new Control(store, people, mail, faults, clock, controlKey).routes());
        routes.add(Route.get("/sandbox.css", Pages::style));
        return routes;
    }

    private record RunningSandbox(
            Server server, Store store, String address, Clients.Registration registration, String controlKey)
            implements Running {
        @Override
        public Settings settings() {
            return new Settings(Map.of("url", address, "control-key", controlKey));
        }

        @Override
        public String clientId() {
            return registration.clientId();
        }

        @Override
        public String clientSecret() {
            return registration.clientSecret();
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                LOG.warn("sandbox did not stop cleanly error={}", e.getClass().getName());
            }
            store.close();
        }

        /** Names the address only: the rest is secret. */
        @Override
        public String toString() {
            return "Sandbox(" + address + ")";
        }
    }
}
