package dev.countersign.connections;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What came of an address and a password. */
public sealed interface PasswordOutcome {
    /**
     * An account is linked.
     *
     * @param missing our scopes that were asked and for which a server is missing
     */
    record Linked(LinkedAccount account, Set<String> missing) implements PasswordOutcome {
        public Linked {
            missing = Set.copyOf(missing);
        }
    }

    /** Not every server let us in, and nothing was kept. */
    record NotIn(List<Obstacle> obstacles) implements PasswordOutcome {
        public NotIn {
            obstacles = List.copyOf(obstacles);
        }
    }

    /**
     * What stood in the way.
     *
     * @param server what the server is for, e.g. {@code imap}; absent where it is about no one server
     * @param sentence what is wrong and what to do, in words for the person
     */
    record Obstacle(Optional<String> server, Mend mend, String sentence) {}

    /** What the person can do about an obstacle. */
    enum Mend {
        /** Give another address of the server. */
        ADDRESS,
        /** Give another password. */
        PASSWORD,
        /** Nothing here. */
        NONE
    }
}
