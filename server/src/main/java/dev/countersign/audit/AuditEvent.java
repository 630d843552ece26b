package dev.countersign.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One decision. Holds no content: arguments stand as their digest.
 *
 * @param type constant, e.g. {@code tool.call}, {@code approval.approved}, {@code grant.revoked}, {@code account.linked}
 * @param userId whom it concerns
 * @param clientId the client that asked, where one did
 * @param subject what it is about: a tool's name, an account's or a grant's id
 * @param decision constant, e.g. {@code allow}, {@code deny}, {@code ask}
 * @param detail few, short, fixed-vocabulary values, e.g. {@code argumentDigest}, {@code approval}, {@code outcome}, {@code reason}
 */
public record AuditEvent(
        Instant at,
        String type,
        String userId,
        Optional<String> clientId,
        String subject,
        String decision,
        Map<String, String> detail) {
    public AuditEvent {
        detail = Map.copyOf(detail);
    }
}
