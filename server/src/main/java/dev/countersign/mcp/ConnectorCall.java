package dev.countersign.mcp;

import dev.countersign.approvals.CanonicalJson;
import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connections.ServerCall;
import dev.countersign.connector.Account;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.identity.Person;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.StateSealer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.node.ObjectNode;

/** One call as a tool's body sees it. */
final class ConnectorCall implements ServerCall {
    private static final String CURSOR = "cursor";

    /** As long as somebody leafs through a list; a provider's own page states last about as long. */
    private static final Duration CURSOR_LIFETIME = Duration.ofHours(1);

    private final Rooms rooms;
    private final Asked asked;
    private final List<LinkedAccount> accounts;
    private final Optional<String> shownVersion;

    /** Made when it is first asked for: what reads hardly ever needs one. */
    private Optional<String> id;

    /** What calls of all people are made with. */
    record Rooms(Connections connections, StateSealer sealer, Clock clock) {}

    /**
     * What one call is.
     *
     * @param id see {@link dev.countersign.connector.Call#id()}; empty where none is known yet
     * @param arguments cursors are bound to them, less the cursor itself
     * @param client what is known of the client that waits; {@link Waiting#NOBODY} when an approved call runs by itself
     */
    record Asked(
            Optional<String> id,
            Principal principal,
            Person person,
            String tool,
            ObjectNode arguments,
            Waiting client) {}

    /** The client's side of a call under way. */
    interface Waiting {
        /** No client waits: nothing is told and nothing is cancelled. */
        Waiting NOBODY = new Waiting() {
            @Override
            public void progress(double done, double total, String message) {}

            @Override
            public boolean ended() {
                return false;
            }
        };

        void progress(double done, double total, String message);

        /** Whether the client left or the deadline passed. */
        boolean ended();

        static Waiting of(ToolRequest request) {
            return new Waiting() {
                @Override
                public void progress(double done, double total, String message) {
                    request.progress().report(done, total, message);
                }

                @Override
                public boolean ended() {
                    return request.running().ended();
                }
            };
        }
    }

    ConnectorCall(Rooms rooms, Asked asked, List<LinkedAccount> accounts) {
        this(rooms, asked, accounts, Optional.empty());
    }

    /** @param shownVersion see {@link dev.countersign.connector.Call#shownVersion()} */
    ConnectorCall(Rooms rooms, Asked asked, List<LinkedAccount> accounts, Optional<String> shownVersion) {
        this.rooms = rooms;
        this.asked = asked;
        this.accounts = List.copyOf(accounts);
        this.shownVersion = shownVersion;
        this.id = asked.id();
    }

    @Override
    public Principal principal() {
        return asked.principal();
    }

    @Override
    public synchronized String id() {
        if (id.isEmpty()) {
            id = Optional.of(RandomToken.id());
        }
        return id.get();
    }

    @Override
    public Optional<String> shownVersion() {
        return shownVersion;
    }

    @Override
    public String person() {
        return asked.person().email();
    }

    @Override
    public ZoneId zone() {
        return asked.person().zone();
    }

    @Override
    public Instant now() {
        return rooms.clock().instant();
    }

    @Override
    public List<Account> accounts() {
        return accounts.stream().map(Connections::toAccount).toList();
    }

    @Override
    public Account account() {
        return Connections.toAccount(only());
    }

    private LinkedAccount only() {
        if (accounts.size() != 1) {
            throw new IllegalStateException(asked.tool() + " asks for the one account and has " + accounts.size());
        }
        return accounts.getFirst();
    }

    @Override
    public <S> S service(Class<S> type) {
        return rooms.connections().service(only(), type);
    }

    @Override
    public <S> S service(Class<S> type, Account account) {
        var linked = accounts.stream()
                .filter(each -> each.id().equals(account.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(asked.tool() + " asks for an account it was not given"));
        return rooms.connections().service(linked, type);
    }

    @Override
    public Upstream upstream() {
        return rooms.connections().upstream(only());
    }

    @Override
    public String sealCursor(String state) {
        return rooms.sealer().seal(CURSOR, binding(), CURSOR_LIFETIME, state.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String openCursor(String cursor) {
        return rooms.sealer()
                .open(CURSOR, binding(), cursor)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new ToolException("The cursor is older than an hour or belongs to other arguments."
                        + " Repeat the arguments of the call that gave it, or start again without a cursor."));
    }

    private String binding() {
        var others = asked.arguments().deepCopy();
        others.remove(CURSOR);
        return String.join(
                "\n",
                asked.principal().userId(),
                asked.principal().clientId(),
                CanonicalJson.digest(asked.tool(), CanonicalJson.of(others)));
    }

    @Override
    public void progress(double done, double total, String message) {
        asked.client().progress(done, total, message);
    }

    @Override
    public void checkCancelled() {
        if (asked.client().ended() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the client left, or the time is over");
        }
    }
}
