package dev.countersign.approvals;

import dev.countersign.connector.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A frozen call and what became of it.
 *
 * @param id unguessable; names the call and gives no right
 * @param accountLabel the account it acts with, as shown; empty for a tool that uses none
 * @param question what is shown: built from the stored arguments and the upstream's data
 * @param reasons why it is asked, in words for the person: policy, signals, provenance
 * @param digest of the canonical arguments, tool definition, user, client, account and version, RFC 8785 and SHA-256 in hex
 * @param outcome what the run gave, once it ended; for {@code FAILED} and {@code UNKNOWN} a sentence
 */
public record Approval(
        String id,
        String userId,
        String clientId,
        String clientName,
        String grantId,
        String tool,
        String toolTitle,
        Optional<String> accountLabel,
        Tier tier,
        Question question,
        List<String> reasons,
        String digest,
        State state,
        Instant askedAt,
        Instant expiresAt,
        Optional<Instant> decidedAt,
        Optional<String> outcome) {
    /** {@code pending → approved | denied | expired | superseded; approved → claimed → executed | failed | unknown}. */
    public enum State {
        PENDING,
        APPROVED,
        DENIED,
        EXPIRED,
        SUPERSEDED,
        CLAIMED,
        EXECUTED,
        FAILED,
        UNKNOWN;

        /** Whether nothing more will happen. */
        public boolean ended() {
            return switch (this) {
                case PENDING, APPROVED, CLAIMED -> false;
                case DENIED, EXPIRED, SUPERSEDED, EXECUTED, FAILED, UNKNOWN -> true;
            };
        }
    }

    public Approval {
        reasons = List.copyOf(reasons);
    }

    /** The same once it has ended. */
    Approval ended(State end, String words) {
        return new Approval(
                id,
                userId,
                clientId,
                clientName,
                grantId,
                tool,
                toolTitle,
                accountLabel,
                tier,
                question,
                reasons,
                digest,
                end,
                askedAt,
                expiresAt,
                decidedAt,
                Optional.of(words));
    }

    /** What the end of the call tells the client that asked; empty while it has not ended. */
    public Optional<CallOutcome> ending() {
        return Outcomes.of(this);
    }
}
