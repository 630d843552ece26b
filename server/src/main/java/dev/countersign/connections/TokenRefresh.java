package dev.countersign.connections;

import dev.countersign.connections.TokenEndpointException.Kind;
import dev.countersign.connector.Provider.Refresh;
import dev.countersign.connector.UpstreamException;
import dev.countersign.store.ConnectionTable;
import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.Database;
import dev.countersign.store.StoreException;
import dev.countersign.vault.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews access tokens: one refresh an account at a time, in this process and, by a lease on the row, among all. It runs on
 * a thread of its own, so that a client that leaves never cuts it off between use and commit of a refresh token.
 */
final class TokenRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenRefresh.class);

    /** Outlives the three requests that are made under it at most. */
    private static final Duration LEASE = Duration.ofSeconds(35);

    /** Longer than providers tolerate a lost answer: a refusal that still stands then is meant. */
    static final Duration CONFIRMED_AFTER = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(20);

    private final Database database;
    private final ConnectionTable table = new ConnectionTable();
    private final Accounts accounts;
    private final SealedTokens tokens;
    private final Map<String, ProviderClient> clients;
    private final RefreshCommit commit;
    private final Clock clock;
    private final String owner;
    private final Map<String, CompletableFuture<Optional<Problem>>> flights = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Why there is no new token. */
    record Problem(UpstreamException.Kind kind, String message, Optional<Duration> retryAfter) {
        UpstreamException exception() {
            return new UpstreamException(kind, message, retryAfter, Optional.empty());
        }
    }

    /** @param owner names this node among those on the same database, and stays the same over restarts */
    TokenRefresh(
            String owner,
            Database database,
            Accounts accounts,
            SealedTokens tokens,
            Map<String, ProviderClient> clients,
            RefreshCommit commit,
            Clock clock) {
        this.owner = owner;
        this.database = database;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clients = clients;
        this.commit = commit;
        this.clock = clock;
    }

    /** Gives back what a process that ended held on this node: nobody else need wait until its lease is over. */
    void start() {
        database.write(c -> {
            table.releaseAll(c, owner);
            return true;
        });
    }

    /**
     * Renews the tokens of this version; does nothing when another version stands already.
     *
     * @param refused whether the provider refused the access token; otherwise it may still be good for a while
     */
    Optional<Problem> renew(String id, long version, boolean refused) {
        var mine = new CompletableFuture<Optional<Problem>>();
        var running = Optional.ofNullable(flights.putIfAbsent(id, mine));
        if (running.isEmpty()) {
            threads.execute(() -> fly(id, version, refused, mine));
        }
        try {
            return running.orElse(mine).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Problem(
                    UpstreamException.Kind.NOT_SENT, "The call was ended before it was sent.", Optional.empty()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a refresh failed", e.getCause());
        }
    }

    private void fly(String id, long version, boolean refused, CompletableFuture<Optional<Problem>> flight) {
        Optional<Problem> outcome;
        try {
            outcome = renewed(id, version, refused);
        } catch (StoreException e) {
            LOG.error("tokens could not be stored: account={}", id, e);
            outcome = notSent("The access to this account could not be stored.", Optional.empty());
        } catch (RuntimeException | Error e) {
            flights.remove(id, flight);
            flight.completeExceptionally(e);
            return;
        }
        flights.remove(id, flight);
        flight.complete(outcome);
    }

    private Optional<Problem> renewed(String id, long version, boolean refused) {
        long last = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            var row = accounts.row(id);
            if (row.isEmpty() || row.get().version() != version) {
                return Optional.empty(); // who asked reads the row again
            }
            if (usedUpPerhaps(row.get()) && !refused && !expired(row.get(), clock.instant())) {
                return notSent(name(row.get()) + " did not answer when access was renewed.", Optional.empty());
            }
            if (leased(row.get())) {
                return asked(row.get(), refused);
            }
            if (System.nanoTime() > last || !waited()) {
                return notSent(name(row.get()) + " is being asked to renew the access.", Optional.of(LONGEST_WAIT));
            }
        }
    }

    /** Another process has the lease; databases tell nobody when a row changes. */
    private static boolean waited() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean leased(ConnectionRow row) {
        var now = clock.instant();
        return database.write(c -> table.lease(c, row.id(), row.version(), owner, now, now.plus(LEASE)));
    }

    private Optional<Problem> asked(ConnectionRow row, boolean refused) {
        var candidates = refreshTokens(row);
        if (candidates.isEmpty()) {
            release(row, false);
            return refused || expired(row, clock.instant())
                    ? mustLinkAgain(row, name(row) + " gave access for a while only, and it has ended. Link it again.")
                    : notSent(name(row) + " gave no way to renew the access.", Optional.empty());
        }
        for (var token : candidates) {
            try {
                var answer = answered(row, token);
                commit.keep(row, token, answer);
                return Optional.empty();
            } catch (TokenEndpointException e) {
                if (e.kind() != Kind.INVALID_GRANT) {
                    return failed(row, e);
                }
            }
        }
        return invalidGrant(row);
    }

    /** The refresh tokens that may be good, the likeliest first. A used one ends the whole grant where each is good once. */
    private List<Secret> refreshTokens(ConnectionRow row) {
        var all = new ArrayList<Secret>();
        tokens.refresh(row).ifPresent(all::add);
        var other = kindOf(row) == Refresh.ROTATING
                ? tokens.candidate(row).or(() -> tokens.previous(row))
                : tokens.candidate(row);
        other.ifPresent(all::add);
        return all;
    }

    /** Asks again at once when no answer came, where a refresh token is good more than once. */
    private TokenAnswer answered(ConnectionRow row, Secret token) {
        var client = Optional.ofNullable(clients.get(row.connector())).orElseThrow();
        try {
            return client.refresh(token);
        } catch (TokenEndpointException e) {
            if (e.kind() != Kind.UNCERTAIN || kindOf(row) == Refresh.SINGLE_USE) {
                throw e;
            }
            return client.refresh(token);
        }
    }

    private Optional<Problem> failed(ConnectionRow row, TokenEndpointException e) {
        LOG.warn("refresh failed: account={} connector={} reason={}", row.id(), row.connector(), e.getMessage());
        release(row, e.kind() == Kind.UNCERTAIN);
        return switch (e.kind()) {
            case NOT_SENT -> notSent(name(row) + " cannot be reached.", Optional.empty());
            case UNCERTAIN -> notSent(name(row) + " did not answer when access was renewed.", Optional.empty());
            case LATER -> notSent(name(row) + " takes no more requests now.", Optional.of(CONFIRMED_AFTER));
            case REFUSED, INVALID_GRANT ->
                notSent(
                        name(row) + " does not accept this server's registration. Tell whoever runs it.",
                        Optional.empty());
        };
    }

    /** Never the end at once: another node may have won, or the provider may be mistaken. */
    private Optional<Problem> invalidGrant(ConnectionRow row) {
        var now = clock.instant();
        database.write(c -> {
            table.refused(c, row.id(), row.version(), now);
            table.release(c, row.id(), owner, false);
            return true;
        });
        var stands = accounts.row(row.id());
        if (stands.isEmpty() || stands.get().version() != row.version()) {
            return Optional.empty();
        }
        var confirmed = row.refusedAt()
                .filter(first -> !first.plus(CONFIRMED_AFTER).isAfter(now))
                .isPresent();
        return confirmed
                ? mustLinkAgain(row, name(row) + " ended the access that you gave. Link it again.")
                : notSent(name(row) + " refused to renew the access.", Optional.of(CONFIRMED_AFTER));
    }

    private Optional<Problem> mustLinkAgain(ConnectionRow row, String trouble) {
        accounts.needsConsent(row, trouble);
        return Optional.of(new Problem(UpstreamException.Kind.UNAUTHORIZED, trouble, Optional.empty()));
    }

    private static Optional<Problem> notSent(String what, Optional<Duration> retryAfter) {
        var when = retryAfter.map(time -> "in " + time.toSeconds() + " seconds").orElse("in a minute");
        return Optional.of(new Problem(
                UpstreamException.Kind.NOT_SENT, what + " Nothing was done. Try again " + when + ".", retryAfter));
    }

    /** Those refused once, long enough ago: asks again, and so finds out whether it was meant. */
    void confirmRefusals() {
        var before = clock.instant().minus(CONFIRMED_AFTER);
        for (var row : database.read(c -> table.refusedBefore(c, before))) {
            if (accounts.provider(row.connector()).isPresent()) {
                renew(row.id(), row.version(), true);
            }
        }
    }

    private void release(ConnectionRow row, boolean uncertain) {
        database.write(c -> {
            table.release(c, row.id(), owner, uncertain);
            return true;
        });
    }

    private boolean usedUpPerhaps(ConnectionRow row) {
        return row.intentAt().isPresent() && kindOf(row) == Refresh.SINGLE_USE;
    }

    /** Whether the access token is to be renewed before it is used. */
    static boolean due(ConnectionRow row, Instant now) {
        return row.tokens().dueAt().filter(at -> !now.isBefore(at)).isPresent();
    }

    static boolean expired(ConnectionRow row, Instant now) {
        return row.tokens().expiresAt().filter(at -> !now.isBefore(at)).isPresent();
    }

    private Refresh kindOf(ConnectionRow row) {
        return accounts.provider(row).oauth().provider().refresh();
    }

    private String name(ConnectionRow row) {
        return accounts.provider(row).name();
    }

    /** Lets what is under way come to its commit. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LONGEST_FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a refresh was still under way when the server stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
