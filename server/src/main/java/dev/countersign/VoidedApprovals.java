package dev.countersign;

import dev.countersign.approvals.Approvals;
import dev.countersign.oauth.Grant;
import dev.countersign.oauth.GrantListener;

/** What waits for an answer becomes void with the session that asked. */
record VoidedApprovals(Approvals approvals) implements GrantListener {
    @Override
    public void revoked(String grantId, String userId, String reason) {
        approvals.voidAllOf(grantId, reason);
    }

    @Override
    public void refreshReplayed(String grantId, String userId, String clientId) {
        approvals.voidAllOf(grantId, "a used key of this app came back.");
    }

    @Override
    public void authorized(Grant grant, boolean firstSeenClient) {}
}
