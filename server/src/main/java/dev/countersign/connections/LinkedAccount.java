package dev.countersign.connections;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An account that a person linked.
 *
 * @param connector the connector's id, e.g. {@code google}
 * @param connectorName e.g. {@code Google}
 * @param label the person's own name for it; unique among that person's accounts
 * @param subject the provider's id of the account
 * @param scopes our scopes that the provider granted
 * @param trouble why it does not work, in words for the person, when {@code state} is not ACTIVE
 */
public record LinkedAccount(
        String id,
        String userId,
        String connector,
        String connectorName,
        String label,
        String subject,
        String address,
        Set<String> scopes,
        State state,
        Optional<String> trouble,
        Instant linkedAt,
        Optional<Instant> lastUsedAt) {
    /** Whether calls can use it. */
    public enum State {
        ACTIVE,
        /** The provider ended the grant: the person must link it again. */
        NEEDS_CONSENT,
        /** Stopped by a response to suspicious use, until the person says it was them. */
        FROZEN
    }

    public LinkedAccount {
        scopes = Set.copyOf(scopes);
    }
}
