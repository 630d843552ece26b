package dev.countersign.connections;

import java.util.List;
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

    /** Not every server let us in: a sentence for each that did not, and nothing was kept. */
    record NotIn(List<String> sentences) implements PasswordOutcome {
        public NotIn {
            sentences = List.copyOf(sentences);
        }
    }
}
