package dev.countersign.approvals;

import java.time.Duration;

/**
 * Limits of waiting.
 *
 * @param lifetime how long a question waits for its answer
 * @param queue how many questions of one person wait at a time; a further one is refused, but for the first of a client
 * @param outcomeKept how long a delivered outcome, and a refusal, answers the identical call
 * @param contentKept how long after the decision arguments, words and result are kept
 */
public record ApprovalSettings(Duration lifetime, int queue, Duration outcomeKept, Duration contentKept) {
    public static final ApprovalSettings DEFAULT =
            new ApprovalSettings(Duration.ofHours(24), 20, Duration.ofMinutes(10), Duration.ofDays(30));

    /** How many questions of one client wait for a person at a time: half of the queue, so that others find room. */
    int share() {
        return (queue + 1) / 2;
    }

    public ApprovalSettings withLifetime(Duration longest) {
        return new ApprovalSettings(longest, queue, outcomeKept, contentKept);
    }

    public ApprovalSettings withQueue(int most) {
        return new ApprovalSettings(lifetime, most, outcomeKept, contentKept);
    }
}
