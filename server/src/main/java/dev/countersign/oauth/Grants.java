package dev.countersign.oauth;

import dev.countersign.audit.AuditEvent;
import dev.countersign.store.Database;
import dev.countersign.store.GrantTable;
import dev.countersign.store.GrantTable.GrantRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people allowed clients. Which grants live is kept in memory, so that every call can ask; a revoked one is refused from the
 * moment on in which its end is on disk.
 */
public final class Grants {
    /** A grant that no client refreshed for so long ends. */
    static final Duration IDLE = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

    private final Database database;
    private final GrantTable table = new GrantTable();
    private final ConcurrentHashMap<String, Live> live = new ConcurrentHashMap<>();
    private final List<GrantListener> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<AuditEvent> audit;
    private final Clock clock;

    private record Live(Instant expiresAt, Instant lastUsedAt) {}

    public Grants(Database database, Consumer<AuditEvent> audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        database.read(c -> table.live(c, clock.instant()))
                .forEach(row -> live.put(row.id(), new Live(row.expiresAt(), row.lastUsedAt())));
    }

    public void listen(GrantListener listener) {
        listeners.add(listener);
    }

    /** Whether tokens of this grant are accepted. */
    public boolean live(String grantId) {
        var state = live.get(grantId);
        return state != null && state.expiresAt.isAfter(clock.instant());
    }

    /** A person's live grants, the newest first. */
    public List<Grant> of(String userId) {
        return database.read(c -> table.liveOf(c, userId, clock.instant())).stream()
                .map(this::grant)
                .toList();
    }

    public Optional<Grant> find(String grantId) {
        return database.read(c -> table.live(c, grantId, clock.instant())).map(this::grant);
    }

    /**
     * Ends a grant. What has ended already stays as it is.
     *
     * @param reason a constant word for the log, e.g. {@code person}, {@code risk}, {@code replay}
     */
    public void revoke(String grantId, String reason) {
        var ended = database.write(c -> {
            var row = table.live(c, grantId, clock.instant());
            return row.isPresent() && revoke(c, grantId, reason) ? row : Optional.<GrantRow>empty();
        });
        ended.ifPresent(row -> ended(row.id(), row.userId(), row.clientId(), reason));
    }

    /** Ends all grants of a person for a client. */
    public void revokeAllOf(String userId, String clientId, String reason) {
        of(userId).stream()
                .filter(grant -> grant.clientId().equals(clientId))
                .forEach(grant -> revoke(grant.id(), reason));
    }

    /** A call was made under this grant; kept in memory until the next refresh writes it down. */
    void called(String grantId) {
        var now = clock.instant();
        live.computeIfPresent(
                grantId,
                (id, state) -> now.isAfter(state.lastUsedAt.plusSeconds(1)) ? new Live(state.expiresAt, now) : state);
    }

    /** Whether anybody trusts this client with this redirect URI. */
    boolean trusted(String clientId, String redirectUri) {
        return database.read(c -> table.trusted(c, clientId, RedirectUris.remembered(redirectUri), clock.instant()));
    }

    /** Inserts within a transaction; {@link #begun} follows when it is on disk. True when the client is new to this person. */
    boolean insert(Connection connection, Grant grant) throws SQLException {
        var firstSeen = !table.ever(connection, grant.userId(), grant.clientId());
        table.insert(
                connection,
                new GrantRow(
                        grant.id(),
                        grant.userId(),
                        grant.clientId(),
                        grant.clientName(),
                        grant.clientHost(),
                        grant.redirect(),
                        Scopes.joined(grant.scopes()),
                        grant.authenticatedAt(),
                        grant.createdAt(),
                        grant.lastUsedAt(),
                        grant.expiresAt()));
        return firstSeen;
    }

    void begun(Grant grant, boolean firstSeenClient) {
        live.put(grant.id(), new Live(grant.expiresAt(), grant.lastUsedAt()));
        if (find(grant.id()).isEmpty()) {
            live.remove(grant.id()); // a second use of the code revoked it between its end on disk and here
        }
        record("grant.created", "allow", grant.id(), grant.userId(), grant.clientId(), Map.of());
        tell(listener -> listener.authorized(grant, firstSeenClient));
    }

    Optional<Grant> find(Connection connection, String grantId) throws SQLException {
        return table.live(connection, grantId, clock.instant()).map(this::grant);
    }

    void used(Connection connection, String grantId, Instant expiresAt) throws SQLException {
        table.used(connection, grantId, clock.instant(), expiresAt);
    }

    void prolonged(String grantId, Instant expiresAt) {
        live.computeIfPresent(grantId, (id, state) -> new Live(expiresAt, clock.instant()));
    }

    /** Revokes within a transaction; {@link #ended} follows when it is on disk. */
    boolean revoke(Connection connection, String grantId, String reason) throws SQLException {
        return table.revoke(connection, grantId, clock.instant(), reason);
    }

    void ended(String grantId, String userId, String clientId, String reason) {
        live.remove(grantId);
        LOG.info("grant revoked grant={} user={} client={} reason={}", grantId, userId, clientId, reason);
        record("grant.revoked", "deny", grantId, userId, clientId, Map.of("reason", reason));
        tell(listener -> listener.revoked(grantId, userId, reason));
    }

    /** A refresh token that was used up came again, and its grant has ended for that. */
    void replayed(Grant grant) {
        record("token.replayed", "deny", grant.id(), grant.userId(), grant.clientId(), Map.of());
        ended(grant.id(), grant.userId(), grant.clientId(), "replay");
        tell(listener -> listener.refreshReplayed(grant.id(), grant.userId(), grant.clientId()));
    }

    private void tell(Consumer<GrantListener> news) {
        for (var listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener of grants failed", e); // what it hears of has happened and is not undone
            }
        }
    }

    private void record(
            String type, String decision, String grantId, String userId, String clientId, Map<String, String> detail) {
        audit.accept(new AuditEvent(clock.instant(), type, userId, Optional.of(clientId), grantId, decision, detail));
    }

    private Grant grant(GrantRow row) {
        var state = live.get(row.id());
        return new Grant(
                row.id(),
                row.userId(),
                row.clientId(),
                row.clientName(),
                row.clientHost(),
                row.redirect(),
                Set.copyOf(Scopes.split(row.scopes())),
                row.authenticatedAt(),
                row.createdAt(),
                state == null ? row.lastUsedAt() : state.lastUsedAt,
                row.expiresAt());
    }
}
