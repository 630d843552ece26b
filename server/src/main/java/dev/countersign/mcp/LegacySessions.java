package dev.countersign.mcp;

import dev.countersign.oauth.Principal;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Whose the sessions of the eras before 2026-07-28 are. The SDK's sessions know no principal: an id that another person or
 * client owns is answered as one that does not exist.
 */
final class LegacySessions {
    /** A desktop with a few clients has five; those that forget theirs lose the one that they used longest ago. */
    private static final int MOST_OF_ONE_PERSON = 32;

    /** The SDK holds a forgotten session until its next sweep; so many of one person are enough. */
    private static final int MOST_HELD_OF_ONE_PERSON = 256;

    private static final int MOST_QUESTIONS = 200;

    private static final int MOST_SUBSCRIPTIONS = 100;

    /** A repeat within this time waits for the page instead of being asked the same again. */
    private static final Duration ASKED_LATELY = Duration.ofMinutes(10);

    private final Map<String, Session> all = new ConcurrentHashMap<>();
    private final Predicate<String> liveGrant;

    /** @param liveGrant whether a grant still stands: a client listens for as long as the grant under which it began to */
    LegacySessions(Predicate<String> liveGrant) {
        this.liveGrant = liveGrant;
    }

    /** What we keep beside the SDK's session. */
    static final class Session {
        private final String userId;
        private final String clientId;
        private final String version;
        private final Map<String, InFlight.Running> running = new ConcurrentHashMap<>();
        private final Map<String, Long> asked = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MOST_QUESTIONS;
            }
        };
        private final Set<String> subscriptions = ConcurrentHashMap.newKeySet();
        private volatile Consumer<String> notifier = uri -> {};
        private volatile Runnable closer = () -> {};

        /** The grant under which the client last began to listen. */
        private volatile Optional<String> listensUnder = Optional.empty();

        private volatile McpSchema.LoggingLevel level = McpSchema.LoggingLevel.INFO;
        private volatile long usedAt = System.nanoTime();
        private volatile boolean forgotten;

        private Session(Principal owner, String version) {
            this.userId = owner.userId();
            this.clientId = owner.clientId();
            this.version = version;
        }

        String version() {
            return version;
        }

        /** Whether this question was not put to this client lately; it is then put now. */
        boolean firstTime(String question) {
            synchronized (asked) {
                var before = asked.get(question);
                boolean first = before == null || System.nanoTime() - before > ASKED_LATELY.toNanos();
                if (first) {
                    asked.put(question, System.nanoTime());
                }
                return first;
            }
        }

        /** @param done the question was answered: the next time it is a new one */
        void settled(String question, boolean done) {
            synchronized (asked) {
                if (done) {
                    asked.remove(question);
                }
            }
        }

        /**
         * @param told takes the address of a changed resource to the client, when it listens
         * @param end ends the stream on which it listens
         */
        void reach(Consumer<String> told, Runnable end) {
            notifier = told;
            closer = end;
        }

        void listens(Principal principal) {
            listensUnder = Optional.of(principal.grantId());
        }

        private boolean mayHear(Predicate<String> liveGrant) {
            return listensUnder.filter(liveGrant).isPresent();
        }

        private void endIfDead(Predicate<String> liveGrant) {
            if (listensUnder.filter(liveGrant.negate()).isPresent()) {
                closer.run(); // again each time: the stream may just be opening
            }
        }

        /** MCP 2025-11-25, resources, subscriptions. False when there are too many. */
        boolean subscribe(String uri) {
            if (subscriptions.size() >= MOST_SUBSCRIPTIONS) {
                return subscriptions.contains(uri);
            }
            subscriptions.add(uri);
            return true;
        }

        void unsubscribe(String uri) {
            subscriptions.remove(uri);
        }

        void log(McpSchema.LoggingLevel least) {
            level = least;
        }

        boolean logs(McpSchema.LoggingLevel what) {
            return what.level() >= level.level();
        }

        void runs(String requestId, InFlight.Running call) {
            running.put(requestId, call);
        }

        void ended(String requestId) {
            running.remove(requestId);
        }

        /** MCP 2025-11-25, cancellation. */
        void cancel(String requestId) {
            Optional.ofNullable(running.get(requestId)).ifPresent(InFlight.Running::cancel);
        }

        private boolean belongsTo(Principal principal) {
            return !forgotten && userId.equals(principal.userId()) && clientId.equals(principal.clientId());
        }
    }

    /** Whether this person may begin another. */
    boolean mayStart(Principal principal) {
        return heldBy(principal.userId()) < MOST_HELD_OF_ONE_PERSON;
    }

    Session start(String id, Principal owner, String version) {
        var session = new Session(owner, version);
        all.put(id, session);
        forgetOldest(owner.userId());
        return session;
    }

    private void forgetOldest(String userId) {
        var live = all.values().stream()
                .filter(session -> session.userId.equals(userId) && !session.forgotten)
                .sorted(Comparator.comparingLong((Session session) -> session.usedAt)
                        .reversed())
                .toList();
        live.stream().skip(MOST_OF_ONE_PERSON).forEach(session -> session.forgotten = true);
    }

    /** The session, when it is this person's and this client's; using it keeps it. */
    Optional<Session> find(String id, Principal principal) {
        var found = Optional.ofNullable(all.get(id)).filter(session -> session.belongsTo(principal));
        found.ifPresent(session -> session.usedAt = System.nanoTime());
        return found;
    }

    /** Tells those of a person's clients that have subscribed. */
    void resourceChanged(String userId, String uri) {
        for (var session : all.values()) {
            if (!session.forgotten
                    && session.userId.equals(userId)
                    && session.subscriptions.contains(uri)
                    && session.mayHear(liveGrant)) {
                session.notifier.accept(uri);
            }
        }
    }

    /** Ends the streams of clients whose grants have ended. */
    void endDead() {
        all.values().forEach(session -> session.endIfDead(liveGrant));
    }

    /** The SDK let it go. */
    void closed(String id) {
        var session = all.remove(id);
        if (session != null) {
            session.running.values().forEach(InFlight.Running::cancel);
        }
    }

    private long heldBy(String userId) {
        return all.values().stream()
                .filter(session -> session.userId.equals(userId))
                .count();
    }

    int size() {
        return all.size();
    }
}
