package dev.countersign.connections;

import dev.countersign.audit.AuditEvent;
import dev.countersign.client.Browser;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Embedded;
import dev.countersign.connector.Provider;
import dev.countersign.console.LinkingConsole;
import dev.countersign.front.FreePorts;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.Passwords;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.identity.QuickPasswords;
import dev.countersign.store.Database;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages of linked accounts behind a real listener, two people, and the sandbox as their provider. */
final class LinkFront implements AutoCloseable {
    static final String ALICE = "alice@example.com";
    static final String BOB = "bob@example.com";

    /** At the sandbox. */
    static final String PASSWORD = "countersign-demo";

    static final Passwords PASSWORDS = QuickPasswords.make();

    final MovingClock clock = new MovingClock();
    final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    final Path folder;
    final int port;
    final Embedded.Running sandbox;
    Person alice;
    Person bob;
    Database database;
    Vault vault;
    Connections connections;
    LinkFlow flow;
    private HttpServer listener;
    private final Connector connector;
    private final List<LinkableProvider> more;
    private final UnaryOperator<Provider> made;
    private final HttpClient http = HttpClient.newHttpClient();

    LinkFront(Path folder) throws IOException {
        this(folder, List.of(), provider -> provider);
    }

    /** @param more providers beside the sandbox */
    LinkFront(Path folder, List<LinkableProvider> more) throws IOException {
        this(folder, more, provider -> provider);
    }

    /** @param made what becomes of the sandbox's provider */
    LinkFront(Path folder, UnaryOperator<Provider> made) throws IOException {
        this(folder, List.of(), made);
    }

    private LinkFront(Path folder, List<LinkableProvider> more, UnaryOperator<Provider> made) throws IOException {
        this.folder = folder;
        this.more = more;
        this.made = made;
        this.port = FreePorts.threeInARow();
        this.connector = sandboxConnector();
        this.sandbox = connector
                .embedded()
                .orElseThrow()
                .start(
                        folder.resolve("sandbox"),
                        "127.0.0.1",
                        0,
                        URI.create(address() + "/connect/sandbox/callback"),
                        clock,
                        Map.of());
        start();
    }

    static Connector sandboxConnector() {
        return ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.id().equals("sandbox"))
                .findFirst()
                .orElseThrow();
    }

    private void start() throws IOException {
        database = Database.open(data().resolve("countersign.db"));
        var people = new People(database, PASSWORDS, audit::add, clock);
        alice = person(people, ALICE);
        bob = person(people, BOB);
        var sessions = new BrowserSessions(database, people, false, audit::add, clock);
        vault = new Vault(database, KeyRing.open(data().resolve("keys")), clock);
        connections = connections(database);
        flow = new LinkFlow(connections, database, vault, clock);
        var console =
                new LinkingConsole(people, sessions, new FirstRun(database, people, clock), connections, flow, clock);
        listener = HttpServer.start(HttpSettings.loopback(port), console.routes(), console.errorPages());
    }

    /** One more node on the same database. */
    Connections connections(Database on) {
        var provider = made.apply(connector.provider(sandbox.settings()));
        var linkable =
                new LinkableProvider(connector, provider, sandbox.clientId(), Secret.of(sandbox.clientSecret()), true);
        var all = Stream.concat(Stream.of(linkable), more.stream()).toList();
        return new Connections(on, vault, all, address(), data().resolve("spool"), audit::add, clock);
    }

    private static Person person(People people, String email) {
        return people.byEmail(email)
                .orElseGet(() -> people.create(
                        email, email.split("@", 2)[0], Secret.of("a password for tests"), ZoneOffset.UTC, false));
    }

    Path data() {
        var data = folder.resolve("data");
        data.toFile().mkdirs();
        return data;
    }

    String address() {
        return "http://localhost:" + port;
    }

    URI at(String path) {
        return URI.create(address() + path);
    }

    /** Ends everything but the provider and begins again on the same data, as a new process would. */
    void restart() throws IOException {
        stop();
        start();
    }

    Browser browser() {
        return new Browser("nowhere:");
    }

    /** Stops where the provider sends it back, with the callback's address. */
    Browser stoppingBrowser() {
        return new Browser(address() + "/connect/sandbox/callback");
    }

    /** Says yes at the sandbox in a stopping browser: the callback's address, not yet opened. */
    URI callback(Browser stopping, String email, String account) {
        return link(stopping, email, account).url();
    }

    /** Opens a page of ours, signed in as this person. */
    Browser.Page open(Browser browser, String email, String path) {
        return browser.signInIfAsked(browser.open(at(path)), email, "a password for tests");
    }

    /** Presses Connect on this page and signs in at the sandbox: its consent page. */
    Browser.Page toConsent(Browser browser, Browser.Page connect, String account) {
        var there = browser.press(connect, "Connect Sandbox", Map.of());
        return browser.signInIfAsked(there, account, PASSWORD);
    }

    /** Links an account of the sandbox for a person, all the way. */
    Browser.Page link(Browser browser, String email, String account) {
        return browser.press(toConsent(browser, open(browser, email, "/connect/sandbox"), account), "Allow", Map.of());
    }

    /** Alice's own account, linked. */
    LinkedAccount linkedAlice() {
        try (var browser = browser()) {
            link(browser, ALICE, ALICE);
        }
        return connections.of(alice.id()).getFirst();
    }

    /** Tells the sandbox to fail. */
    void fault(String operation, String fault, int times) {
        control(
                "POST",
                "faults",
                "{\"operation\":\"%s\",\"fault\":\"%s\",\"times\":%d}".formatted(operation, fault, times));
    }

    void expireAtProvider(String email) {
        control("POST", "expire", "{\"person\":\"" + email + "\"}");
    }

    void revokeAtProvider(String email) {
        control("POST", "revoke", "{\"person\":\"" + email + "\"}");
    }

    JsonNode tokens(String email) {
        return JsonMapper.shared().readTree(control("GET", "tokens?person=" + email, ""));
    }

    String control(String method, String path, String json) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.settings().required("url") + "/_sandbox/" + path))
                .header("X-Sandbox-Key", sandbox.settings().required("control-key"))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void stop() {
        listener.close();
        connections.close();
        database.close();
    }

    @Override
    public void close() {
        http.close();
        stop();
        sandbox.close();
    }
}
