package dev.countersign.oauth;

import java.time.Instant;
import java.util.Set;

/**
 * Whom a call acts for: one person, through one client, under one grant.
 *
 * @param clientName what the client calls itself, for people to read
 * @param scopes what this access token allows
 * @param authenticatedAt when the person last signed in for this grant
 */
public record Principal(
        String userId,
        String clientId,
        String clientName,
        String grantId,
        Set<String> scopes,
        Instant authenticatedAt) {
    public Principal {
        scopes = Set.copyOf(scopes);
    }
}
