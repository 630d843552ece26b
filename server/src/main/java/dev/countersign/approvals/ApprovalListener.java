package dev.countersign.approvals;

/** Hears of transitions on this node after they are durable. Must return soon. */
@FunctionalInterface
public interface ApprovalListener {
    void changed(Change change);

    /** @param tool the name of the tool that was called */
    record Change(String approvalId, String userId, String tool, Approval.State state) {}
}
