package dev.countersign;

import dev.countersign.approvals.ApprovalSettings;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.Executor;
import dev.countersign.audit.AuditLog;
import dev.countersign.cli.DemoSeed;
import dev.countersign.cli.StartException;
import dev.countersign.cli.Starter;
import dev.countersign.config.Config;
import dev.countersign.connections.AccountsTool;
import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkFlow;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.SearchService;
import dev.countersign.connector.Tool;
import dev.countersign.console.Console;
import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.Passwords;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.mcp.McpEndpoint;
import dev.countersign.mcp.PersonalCatalog;
import dev.countersign.mcp.ToolCalls;
import dev.countersign.oauth.Addresses;
import dev.countersign.oauth.AuthorizationServer;
import dev.countersign.oauth.Grants;
import dev.countersign.oauth.Principal;
import dev.countersign.oauth.SafeFetch;
import dev.countersign.oauth.Scope;
import dev.countersign.oauth.Scopes;
import dev.countersign.oauth.StoredSigningKeys;
import dev.countersign.oauth.VaultKeySealer;
import dev.countersign.permissions.Permissions;
import dev.countersign.policy.PolicyFile;
import dev.countersign.policy.PolicyRules;
import dev.countersign.policy.ToolCallPolicy;
import dev.countersign.retrieval.Documents;
import dev.countersign.retrieval.LinkedSearch;
import dev.countersign.retrieval.RetrievalTools;
import dev.countersign.risk.Risk;
import dev.countersign.risk.RiskSettings;
import dev.countersign.risk.Sealing;
import dev.countersign.store.Database;
import dev.countersign.store.NativeLibrary;
import dev.countersign.telemetry.Metrics;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.KeyRingException;
import dev.countersign.vault.Secret;
import dev.countersign.vault.StateSealer;
import dev.countersign.vault.Vault;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server: every room made once, in the order in which they stand on each other, and closed in the opposite one. */
final class RunningServer implements Starter.Running {
    private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

    /** What a client may ask for at first: it reads. What acts is asked for when it is needed. */
    private static final Set<String> FIRST_SCOPES = Set.of("calendar:read", "mail:read", "contacts:read", "search");

    /** Sessions of MCP's older revisions that nobody used for so long end. */
    private static final Duration SESSION_IDLE = Duration.ofMinutes(30);

    private final Deque<AutoCloseable> open;
    private final URI console;
    private final ConnectorRoom connectors;
    private final FirstRun firstRun;
    private final Permissions permissions;
    private final AuditLog audit;

    /** Starts everything, or nothing. Fails with {@link StartException} that says how to mend it. */
    static RunningServer start(Config config, Clock clock, boolean demo, Map<String, String> faults) {
        var open = new ArrayDeque<AutoCloseable>();
        try {
            return new RunningServer(config, clock, demo, faults, open);
        } catch (KeyRingException e) {
            closeAll(open);
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            closeAll(open);
            throw e;
        }
    }

    private RunningServer(
            Config config, Clock clock, boolean demo, Map<String, String> faults, Deque<AutoCloseable> open) {
        this.open = open;
        var publicUrl = URI.create(config.publicUrl());
        var rules = PolicyFile.read(config.policyFile());
        var data = later(DataFolder.open(config.dataFolder()));
        NativeLibrary.keepIn(config.dataFolder());
        var opening = later(
                Opening.of(() -> ConnectorRoom.open(config, config.dataFolder(), clock, faults), ConnectorRoom::close));
        var database = later(Database.open(config.database()));
        this.audit = later(new AuditLog(database, clock));
        var ring = KeyRing.open(data.file("keys"), database);
        var vault = new Vault(database, ring, clock);
        var sealing = Sealing.of(vault);
        var sealer = new StateSealer(ring, clock);
        var metrics = new Metrics();

        var people = new People(database, new Passwords(), audit::append, clock);
        var sessions =
                new BrowserSessions(database, people, config.publicUrl().startsWith("https:"), audit::append, clock);
        this.firstRun = new FirstRun(database, people, clock);
        var grants = new Grants(database, audit::append, clock);
        this.connectors = opening.room();
        var connections = later(new Connections(
                database, vault, connectors.linkable(), config.publicUrl(), data.file("spool"), audit::append, clock));
        var links = new LinkFlow(connections, database, vault, clock);

        var risk = later(new Risk(
                database,
                sealing,
                grants,
                audit::append,
                RiskSettings.DEFAULT.withUnremarkable(
                        rules.limits().usualReads(), rules.limits().usualActs()),
                clock));
        var approvals = later(new Approvals(database, sealing, audit, risk, settings(rules), clock));
        grants.listen(risk);
        var voided = new VoidedApprovals(approvals);
        grants.listen(voided);
        connections.listen(voided);
        this.permissions = new Permissions(database);
        var documents = new Documents(database, clock);
        if (demo) {
            new DemoSeed(people, permissions, documents).run();
        }

        var policy = new ToolCallPolicy(rules, grants::live, connections, approvals, risk, clock);
        var tools = tools(connections, documents, config);
        var calls = new ToolCalls(
                tools,
                new ToolCalls.Parts(
                        policy,
                        approvals,
                        risk,
                        connections,
                        people,
                        audit,
                        metrics,
                        sealer,
                        clock,
                        config.callDeadline(),
                        publicUrl));
        var titles = titles(tools);
        var console = new Console(new Console.Parts(
                people,
                sessions,
                firstRun,
                grants,
                approvals,
                connections,
                links,
                risk,
                audit,
                name -> titles.getOrDefault(name, name),
                URI.create(config.publicUrl() + "/mcp"),
                clock));
        var authorization = new AuthorizationServer(
                oauth(config, connections.scopes(), tools),
                database,
                ring,
                grants,
                new StoredSigningKeys(database, new VaultKeySealer(vault), clock),
                sessions,
                console.consentPages(),
                console.failures(),
                later(new SafeFetch()),
                audit::append,
                clock);
        var catalog =
                PersonalCatalog.of(calls.served(), approvals, principal -> today(people, principal, clock), publicUrl);
        var endpoint = new McpEndpoint(
                authorization.accessTokens()::authenticate,
                grants::live,
                authorization.challenges(),
                config.http().trustedProxies()::client,
                catalog,
                sealer,
                new McpEndpoint.Settings(
                        publicUrl, config.http().otherHosts(), config.http().mcpOrigins(), version(), SESSION_IDLE));

        var executor = later(new Executor(approvals, calls.runner(), grants::live, data.node()));
        connections.start();
        executor.start();
        var routes = new ArrayList<Route>(console.routes());
        routes.addAll(authorization.routes());
        routes.add(Route.raw("/mcp", Route.Kind.MCP, endpoint));
        var listener = later(listen("server.port", config.http(), routes, console.failures()));
        later(listen(
                "server.private-port",
                HttpSettings.loopback(config.privatePort()),
                PrivateRoutes.of(database, metrics),
                ErrorPages.PLAIN));
        this.console = URI.create(config.publicUrl());
        LOG.info("started address={} port={} providers={}", config.publicUrl(), listener.port(), providers());
        Thread.ofPlatform().name("prepare-tools").daemon().start(catalog::describe);
    }

    private <T extends AutoCloseable> T later(T room) {
        open.push(room);
        return room;
    }

    private static ApprovalSettings settings(PolicyRules rules) {
        return ApprovalSettings.DEFAULT
                .withQueue(rules.limits().waiting())
                .withLifetime(rules.limits().answerWithin());
    }

    private List<Tool<?, ?>> tools(Connections connections, Documents documents, Config config) {
        var tools = new ArrayList<>(connectors.tools());
        tools.add(AccountsTool.tool(
                connections::of,
                connections.providers().stream().map(RunningServer::linkable).toList(),
                connections.scopes(),
                config.publicUrl()));
        tools.addAll(RetrievalTools.tools(documents, userId -> sources(connections, userId)));
        return tools;
    }

    private static AccountsTool.Linkable linkable(LinkableProvider provider) {
        return new AccountsTool.Linkable(provider.id(), provider.name(), Set.copyOf(provider.scopes()));
    }

    /** The accounts that {@code search} asks: those that work and whose connector can search. */
    private static List<LinkedSearch.Source> sources(Connections connections, String userId) {
        return connections.of(userId).stream()
                .filter(account -> account.state() == LinkedAccount.State.ACTIVE)
                .filter(account -> account.scopes().stream()
                        .anyMatch(scope -> scope.endsWith(":read") || scope.endsWith(":write")))
                .filter(account -> connections
                        .provider(account.connector())
                        .filter(provider -> provider.connector().services().containsKey(SearchService.class))
                        .isPresent())
                .map(account -> new LinkedSearch.Source(
                        Connections.toAccount(account), connections.service(account, SearchService.class)))
                .toList();
    }

    private static Map<String, String> titles(List<Tool<?, ?>> tools) {
        return tools.stream().collect(Collectors.toMap(Tool::name, Tool::title));
    }

    private static AuthorizationServer.Settings oauth(Config config, Scopes scopes, List<Tool<?, ?>> tools) {
        var used = tools.stream().flatMap(tool -> tool.scopes().stream()).collect(Collectors.toSet());
        var offered =
                scopes.all().stream().map(Scope::value).filter(used::contains).toList();
        return new AuthorizationServer.Settings(
                new Addresses(config.publicUrl()),
                scopes,
                offered,
                FIRST_SCOPES,
                List.of(),
                config.oauth().dynamicRegistration(),
                AuthorizationServer.Settings.REGISTRATIONS_IN_AN_HOUR,
                config.oauth().clientIdMetadata());
    }

    private static HttpServer listen(String key, HttpSettings settings, List<Route> routes, ErrorPages pages) {
        try {
            return HttpServer.start(settings, routes, pages);
        } catch (BindException e) {
            throw new StartException(
                    "Port " + settings.port() + " of " + settings.host()
                            + " is in use or not ours. End what uses it, or set " + key + " to another.",
                    e);
        } catch (IOException e) {
            throw new StartException("The listener of " + key + " could not be started: " + e.getMessage() + ".", e);
        }
    }

    /** The date where the person is. */
    private static LocalDate today(People people, Principal principal, Clock clock) {
        ZoneId zone = people.byId(principal.userId()).map(Person::zone).orElse(ZoneOffset.UTC);
        return LocalDate.now(clock.withZone(zone));
    }

    private static String version() {
        return Optional.ofNullable(RunningServer.class.getPackage().getImplementationVersion())
                .orElse("0");
    }

    @Override
    public URI console() {
        return console;
    }

    @Override
    public Optional<URI> firstRunLink() {
        return firstRun.link()
                .map(token -> URI.create(console + "/welcome?token="
                        + URLEncoder.encode(token.reveal(Secret.Purpose.ISSUE), StandardCharsets.UTF_8)));
    }

    @Override
    public List<String> providers() {
        return connectors.linkable().stream()
                .map(linkable -> linkable.connector().name())
                .toList();
    }

    @Override
    public List<String> notices() {
        return connectors.leftOut();
    }

    @Override
    public Starter.Stage stage() {
        return new DemoStage(permissions, audit);
    }

    @Override
    public void close() {
        closeAll(open);
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.error("a room did not close", e);
            }
        }
    }
}
