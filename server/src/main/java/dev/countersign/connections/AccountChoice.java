package dev.countersign.connections;

import java.util.List;
import java.util.Set;

/** Which accounts a call uses, or why it cannot be said yet. */
public sealed interface AccountChoice {
    /** These; none for a tool that uses none. */
    record Chosen(List<LinkedAccount> accounts) implements AccountChoice {
        public Chosen {
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * Nothing linked can serve it, or it lacks scopes, its consent ended, or it was stopped.
     *
     * @param connectors ids of those that can be linked for it; empty when linking does not help
     * @param scopes all that is to be asked for, what is held already included
     * @param reason a sentence for person and model
     */
    record ToLink(List<String> connectors, Set<String> scopes, String reason) implements AccountChoice {
        public ToLink {
            connectors = List.copyOf(connectors);
            scopes = Set.copyOf(scopes);
        }
    }

    /** The argument is wrong or several would do: a sentence that lists the accounts there are. */
    record Unclear(String sentence) implements AccountChoice {}
}
