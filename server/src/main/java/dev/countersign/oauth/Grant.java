package dev.countersign.oauth;

import java.time.Instant;
import java.util.Set;

/**
 * What one person allowed one client once.
 *
 * @param redirect the redirect URI it was made with, without the port when it is loopback
 * @param authenticatedAt when the person had signed in
 * @param expiresAt ends then unless it is used
 */
public record Grant(
        String id,
        String userId,
        String clientId,
        String clientName,
        String clientHost,
        String redirect,
        Set<String> scopes,
        Instant authenticatedAt,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt) {
    public Grant {
        scopes = Set.copyOf(scopes);
    }
}
