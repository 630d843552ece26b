package dev.countersign.connections;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.connections.LinkedAccount.State;
import dev.countersign.store.ConnectionTable;
import dev.countersign.store.ConnectionTable.ConnectionRow;
import dev.countersign.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads linked accounts and tells those who listen. An account whose connector is no longer set up is passed over. */
final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final int MOST_KNOWN = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private final Database database;
    private final ConnectionTable table = new ConnectionTable();
    private final Profiles profiles;
    private final Map<String, LinkableProvider> providers;
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();

    /** Every call asks for a person's accounts. A change forgets them; so does time, for what nobody told. */
    private final Cache<String, Known> known = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterWrite(KNOWN_FOR)
            .executor(Runnable::run)
            .build();

    /** @param addresses in lower case */
    private record Known(List<LinkedAccount> accounts, Set<String> addresses, Map<String, ConnectionRow> rows) {}

    Accounts(Database database, Profiles profiles, List<LinkableProvider> providers) {
        this.database = database;
        this.profiles = profiles;
        this.providers =
                providers.stream().collect(Collectors.toUnmodifiableMap(LinkableProvider::id, Function.identity()));
    }

    /** As they were at most ten seconds ago, without what changed here since. */
    List<LinkedAccount> known(String userId) {
        return known.get(userId, this::onDisk).accounts();
    }

    /** The mail addresses of a person's accounts, in lower case, as old as {@link #known} may be. */
    Set<String> addresses(String userId) {
        return known.get(userId, this::onDisk).addresses();
    }

    /** One of a person's rows, as old as {@link #known} may be. */
    Optional<ConnectionRow> knownRow(String userId, String id) {
        return Optional.ofNullable(known.get(userId, this::onDisk).rows().get(id));
    }

    /** As they are on disk. */
    List<LinkedAccount> of(String userId) {
        return onDisk(userId).accounts();
    }

    private Known onDisk(String userId) {
        var rows = database.read(c -> table.of(c, userId)).stream()
                .filter(row -> providers.containsKey(row.connector()))
                .toList();
        var accounts = rows.stream().map(this::account).toList();
        return new Known(
                accounts,
                accounts.stream()
                        .map(account -> account.address().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                rows.stream().collect(Collectors.toUnmodifiableMap(ConnectionRow::id, Function.identity())));
    }

    Optional<ConnectionRow> row(String id) {
        return database.read(c -> table.find(c, id)).filter(row -> providers.containsKey(row.connector()));
    }

    Optional<LinkedAccount> find(String userId, String id) {
        return row(id).filter(row -> row.userId().equals(userId)).map(this::account);
    }

    Optional<LinkableProvider> provider(String connector) {
        return Optional.ofNullable(providers.get(connector));
    }

    LinkableProvider provider(ConnectionRow row) {
        return provider(row.connector()).orElseThrow();
    }

    LinkedAccount account(ConnectionRow row) {
        var profile = profiles.open(row);
        var state = row.frozen().isPresent()
                ? State.FROZEN
                : row.trouble().isPresent() ? State.NEEDS_CONSENT : State.ACTIVE;
        return new LinkedAccount(
                row.id(),
                row.userId(),
                row.connector(),
                provider(row).name(),
                profile.label(),
                profile.subject(),
                profile.address(),
                split(row.scopes()),
                state,
                row.frozen().or(row::trouble),
                row.linkedAt(),
                row.usedAt());
    }

    /** Says that it must be linked again, unless its tokens were renewed since. */
    void needsConsent(ConnectionRow row, String trouble) {
        if (database.write(c -> table.needsConsent(c, row.id(), row.version(), trouble))) {
            LOG.info("account must be linked again: account={} connector={}", row.id(), row.connector());
            tellChanged(row.id());
        }
    }

    void listen(ConnectionListener listener) {
        listeners.add(listener);
    }

    /** Notes that an account was used, which nobody is told. */
    void used(ConnectionRow row, Instant now) {
        database.write(c -> {
            table.used(c, row.id(), now);
            return true;
        });
        forget(row.userId());
    }

    /** Forgets what is known of a person's accounts after a change that nobody is told of. */
    void forget(String userId) {
        known.invalidate(userId);
    }

    void tellChanged(String id) {
        row(id).map(this::account).ifPresent(account -> tell(account.userId(), listener -> listener.changed(account)));
    }

    /** Forgets what was read before a change that is on disk, then tells of it. */
    void tell(String userId, Consumer<ConnectionListener> what) {
        forget(userId);
        for (var listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener failed", e);
            }
        }
    }

    static Set<String> split(String joined) {
        return Arrays.stream(joined.split(" ")).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }

    static String joined(Set<String> scopes) {
        return scopes.stream().sorted().collect(Collectors.joining(" "));
    }
}
