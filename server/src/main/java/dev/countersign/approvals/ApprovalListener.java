package dev.countersign.approvals;

/** Hears of transitions on this node after they are durable. Must return soon. */
@FunctionalInterface
public interface ApprovalListener {
    void changed(String approvalId, String userId, Approval.State state);
}
