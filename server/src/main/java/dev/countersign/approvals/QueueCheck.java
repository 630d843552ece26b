package dev.countersign.approvals;

import dev.countersign.approvals.ApprovalException.Code;
import dev.countersign.store.ApprovalTable.Waiting;

/**
 * Whether one more question may wait for a person. A client has a share of the queue, and the first question of each is asked
 * even when the others have filled it: no client can keep another from asking.
 */
final class QueueCheck {
    private QueueCheck() {}

    /** Fails with {@link Code#QUEUE_FULL}. */
    static void check(Waiting waiting, ApprovalSettings settings) {
        if (waiting.own() >= settings.share()) {
            throw full(waiting.own() + " requests of yours wait for this person's answer already.");
        }
        if (waiting.own() > 0 && waiting.all() >= settings.queue()) {
            throw full(waiting.all() + " requests wait for this person's answer already.");
        }
    }

    private static ApprovalException full(String what) {
        return new ApprovalException(
                Code.QUEUE_FULL, what + " Ask them to decide those on their approvals page, then call again.");
    }
}
