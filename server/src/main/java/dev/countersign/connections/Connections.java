package dev.countersign.connections;

import dev.countersign.audit.AuditEvent;
import dev.countersign.connections.Disconnection.AtProvider;
import dev.countersign.connections.LinkableProvider.OAuth;
import dev.countersign.connections.LinkableProvider.Password;
import dev.countersign.connector.Account;
import dev.countersign.connector.Connector.Identity;
import dev.countersign.connector.FailureReader;
import dev.countersign.connector.Revocation;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Upstream;
import dev.countersign.hosts.Hosts;
import dev.countersign.oauth.Scopes;
import dev.countersign.store.ConnectionTable;
import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.Database;
import dev.countersign.store.RevocationTable;
import dev.countersign.vault.Secret;
import dev.countersign.vault.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts that people linked, and the way to their providers. */
public final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Database database;
    private final ConnectionTable table = new ConnectionTable();
    private final List<LinkableProvider> providers;
    private final Scopes scopes;
    private final String publicUrl;
    private final Consumer<AuditEvent> audit;
    private final Clock clock;
    private final Transport transport = new Transport();
    private final Map<String, ProviderClient> clients = new LinkedHashMap<>();
    private final Map<String, Hosts> hosts = new LinkedHashMap<>();
    private final Accounts accounts;
    private final SealedTokens tokens;
    private final Linking linking;
    private final Revocations revocations;
    private final RefreshCommit commit;
    private final TokenRefresh refresh;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("connections-watch").daemon().factory());

    /** @param spool a folder for refreshed tokens on their way to the database; made when it is absent */
    public Connections(
            Database database,
            Vault vault,
            List<LinkableProvider> providers,
            String publicUrl,
            Path spool,
            Consumer<AuditEvent> audit,
            Clock clock) {
        this.database = database;
        this.providers = List.copyOf(providers);
        this.scopes = new Scopes(providers.stream()
                .flatMap(linkable -> linkable.declared().stream())
                .toList());
        this.publicUrl = publicUrl;
        this.audit = audit;
        this.clock = clock;
        for (var linkable : providers) {
            switch (linkable.way()) {
                case OAuth oauth -> {
                    if (oauth.hasServers()) {
                        hosts.put(linkable.id(), new Hosts(oauth.reach()));
                    }
                    var callback = publicUrl + "/connect/" + linkable.id() + "/callback";
                    clients.put(linkable.id(), new ProviderClient(linkable, callback, transport));
                }
                case Password password -> hosts.put(linkable.id(), new Hosts(password.reach()));
            }
        }
        var profiles = new Profiles(vault);
        this.accounts = new Accounts(database, profiles, this.providers);
        this.tokens = new SealedTokens(vault);
        this.linking = new Linking(database, accounts, profiles, tokens, clock);
        this.revocations = new Revocations(database, vault, clients, clock);
        var answers = new RefreshSpool(spool, vault);
        this.commit = new RefreshCommit(database, accounts, tokens, answers, revocations, clock);
        this.refresh = new TokenRefresh(answers.node(), database, accounts, tokens, clients, commit, clock);
    }

    /** Takes up at once what an earlier process left, and looks again every few seconds. */
    public void start() {
        refresh.start();
        var _ = watch.scheduleWithFixedDelay(this::sweep, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes up kept answers, retries revocations and asks again about refusals. */
    void sweep() {
        for (var work : List.<Runnable>of(commit::replay, revocations::retryDue, refresh::confirmRefusals)) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("work on linked accounts failed; it is tried again", e);
            }
        }
    }

    public List<LinkableProvider> providers() {
        return providers;
    }

    /** Our scopes, and those that the connectors of the providers declare. */
    public Scopes scopes() {
        return scopes;
    }

    public Optional<LinkableProvider> provider(String connector) {
        return accounts.provider(connector);
    }

    /** A person's accounts, oldest first. */
    public List<LinkedAccount> of(String userId) {
        return accounts.of(userId);
    }

    /** The mail addresses of a person's accounts, in lower case. */
    public Set<String> addresses(String userId) {
        return accounts.addresses(userId);
    }

    /** One of the accounts from which calls of this person choose. */
    public Optional<LinkedAccount> known(String userId, String id) {
        return accounts.known(userId).stream()
                .filter(account -> account.id().equals(id))
                .findFirst();
    }

    public Optional<LinkedAccount> find(String userId, String id) {
        return accounts.find(userId, id);
    }

    /** Which accounts a call of this tool uses; {@code named} are the ids, labels or addresses that its arguments give. */
    public AccountChoice choose(String userId, Tool<?, ?> tool, List<String> named) {
        return new AccountChooser(providers, scopes, publicUrl, tool, accounts.known(userId)).choose(named);
    }

    /** The connector's service over this account. Fails with {@link IllegalArgumentException} when it has none of the type. */
    public <S> S service(LinkedAccount account, Class<S> type) {
        var services = provider(account.connector()).orElseThrow().connector().services();
        var maker = Optional.ofNullable(services.get(type))
                .orElseThrow(
                        () -> new IllegalArgumentException(account.connector() + " has no " + type.getSimpleName()));
        return type.cast(maker.apply(upstream(account)));
    }

    /** The way to this account's servers. What became of it since is asked at each request. */
    public Upstream upstream(LinkedAccount account) {
        var source = new AccountTokens(account, accounts, tokens, refresh, clock);
        var linkable = provider(account.connector()).orElseThrow();
        return switch (linkable.way()) {
            case OAuth oauth
            when hosts.containsKey(linkable.id()) -> {
                var servers = AccountServer.ofProvider(oauth.provider(), account.address());
                yield hostUpstream(
                        linkable, account, source, servers, oauth.provider().failures());
            }
            case OAuth ignored -> new UpstreamHttp(linkable, source, transport, clock);
            case Password password ->
                hostUpstream(
                        linkable,
                        account,
                        source,
                        AccountServer.withPassword(),
                        password.signIn().failures());
        };
    }

    private Upstream hostUpstream(
            LinkableProvider linkable,
            LinkedAccount account,
            AccessTokenSource source,
            AccountServer.Of servers,
            FailureReader failures) {
        return new HostUpstream(account.address(), "caldav", source, servers, hosts(linkable), failures, clock);
    }

    Hosts hosts(LinkableProvider linkable) {
        return Optional.ofNullable(hosts.get(linkable.id())).orElseThrow();
    }

    /** What an account with a password is signed in to with. */
    Optional<PasswordRecord> password(LinkedAccount account) {
        return accounts.row(account.id())
                .filter(row -> row.userId().equals(account.userId()))
                .filter(row -> provider(row.connector())
                        .flatMap(LinkableProvider::password)
                        .isPresent())
                .map(row -> PasswordRecord.of(tokens.access(row)));
    }

    /** An account as tools see it. */
    public static Account toAccount(LinkedAccount account) {
        return new Account(account.id(), account.connector(), account.label(), account.address(), account.scopes());
    }

    public void listen(ConnectionListener listener) {
        accounts.listen(listener);
    }

    /** Gives an account another name, unique among the person's; false when it is gone or the name is another's. */
    public boolean rename(String userId, String id, String label) {
        if (!linking.rename(userId, id, label)) {
            return false;
        }
        record("account.renamed", userId, id, Map.of());
        accounts.tellChanged(id);
        return true;
    }

    /** Erases an account and its tokens, then tells the provider to end them; empty when there is none of that id. */
    public Optional<Disconnection> disconnect(String userId, String id) {
        var row = accounts.row(id).filter(found -> found.userId().equals(userId));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var account = accounts.account(row.get());
        var linkable = accounts.provider(row.get());
        var revocation =
                linkable.revocation().map(how -> revocations.row(userId, linkable.id(), asked(how, row.get())));
        var erased = database.write(c -> {
            if (!table.delete(c, id, userId)) {
                return false;
            }
            if (revocation.isPresent()) {
                new RevocationTable().insert(c, revocation.get());
            }
            return true;
        });
        if (!erased) {
            return Optional.empty();
        }
        accounts.tell(userId, listener -> listener.disconnected(account));
        var outcome = revocation.map(revocations::attempt).orElse(AtProvider.NOT_OFFERED);
        record(
                "account.disconnected",
                userId,
                id,
                Map.of("connector", linkable.id(), "revocation", outcome.name().toLowerCase(java.util.Locale.ROOT)));
        return Optional.of(new Disconnection(account, outcome));
    }

    /** The token with which the provider is asked to end what was allowed. */
    private Secret asked(Revocation how, ConnectionRow row) {
        return switch (how) {
            case Revocation.OfToken ignored -> tokens.refresh(row).orElseGet(() -> tokens.access(row));
            case Revocation.OfGrant ignored -> tokens.access(renewed(row));
        };
    }

    /** As it stands after a renewal that was due; as it was where that failed. */
    private ConnectionRow renewed(ConnectionRow row) {
        if (!TokenRefresh.due(row, clock.instant())) {
            return row;
        }
        var problem = refresh.renew(row.id(), row.version(), false);
        return problem.isPresent() ? row : accounts.row(row.id()).orElse(row);
    }

    /** Stops all of a person's accounts until {@link #unfreezeAll}; {@code reason} is a sentence for the person. */
    public void freezeAll(String userId, String reason) {
        if (database.write(c -> table.freeze(c, userId, reason)) > 0) {
            record("account.frozen", userId, userId, Map.of());
            accounts.of(userId).forEach(account -> accounts.tell(userId, listener -> listener.changed(account)));
        }
    }

    /** The person says that it was them. */
    public void unfreezeAll(String userId) {
        if (database.write(c -> table.unfreeze(c, userId)) > 0) {
            record("account.unfrozen", userId, userId, Map.of());
            accounts.of(userId).forEach(account -> accounts.tell(userId, listener -> listener.changed(account)));
        }
    }

    /** Who an account is, asked with the token that its consent gave. Fails with {@code UpstreamException}. */
    Identity identity(LinkableProvider linkable, TokenAnswer answer) {
        var source = new JustConsented(linkable.name(), answer.access());
        return linkable.connector().identity(new UpstreamHttp(linkable, source, transport, clock));
    }

    /** Whether the account is linked already with a refresh token that another consent may leave in place. */
    boolean holdsRefreshToken(String userId, LinkableProvider linkable, Identity identity) {
        return linking.holdsRefreshToken(userId, linkable, identity);
    }

    LinkedAccount link(NewLink link) {
        var account = linking.link(link);
        record("account.linked", account.userId(), account.id(), Map.of("connector", account.connector()));
        accounts.tell(account.userId(), listener -> listener.linked(account));
        return account;
    }

    /** Ends the tokens of a consent that no account came of. */
    void discard(LinkableProvider linkable, String userId, TokenAnswer answer) {
        revocations.end(linkable, userId, answer.refresh().orElse(answer.access()));
    }

    ProviderClient client(LinkableProvider linkable) {
        return Optional.ofNullable(clients.get(linkable.id())).orElseThrow();
    }

    private void record(String type, String userId, String subject, Map<String, String> detail) {
        audit.accept(new AuditEvent(clock.instant(), type, userId, Optional.empty(), subject, "allow", detail));
    }

    @Override
    public void close() {
        watch.shutdown();
        refresh.close();
        transport.close();
        hosts.values().forEach(Hosts::close);
    }
}
