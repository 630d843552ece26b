package dev.countersign.connections;

import java.util.Optional;
import java.util.Set;

/**
 * What a person pressed Connect for.
 *
 * @param scopes ours; those that the provider cannot give are not asked
 * @param label their own name for the account; empty for none
 * @param back the path of this server to which they return
 * @param account the id of the account that is to be linked again
 */
public record LinkWish(
        LinkableProvider linkable, Set<String> scopes, String label, String back, Optional<String> account) {
    public LinkWish {
        scopes = Set.copyOf(scopes);
        label = label.strip();
        if (label.length() > Linking.MOST_LABEL) {
            label = label.substring(0, Linking.MOST_LABEL);
        }
    }
}
