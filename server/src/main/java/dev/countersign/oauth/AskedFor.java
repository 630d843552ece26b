package dev.countersign.oauth;

import java.util.Optional;
import java.util.Set;

/** An authorization request that passed its checks. */
record AskedFor(
        String clientId,
        String clientName,
        String clientHost,
        boolean refreshes,
        String redirectUri,
        Set<String> scopes,
        Optional<String> state,
        String codeChallenge) {
    AskedFor {
        scopes = Set.copyOf(scopes);
    }

    /** The same with the scopes that a person left. */
    AskedFor narrowedTo(Set<String> allowed) {
        return new AskedFor(clientId, clientName, clientHost, refreshes, redirectUri, allowed, state, codeChallenge);
    }
}
