package dev.countersign;

import dev.countersign.approvals.Approvals;
import dev.countersign.connections.ConnectionListener;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.oauth.Grant;
import dev.countersign.oauth.GrantListener;

/** What waits for an answer becomes void with the session that asked, and with the account that it would use. */
record VoidedApprovals(Approvals approvals) implements GrantListener, ConnectionListener {
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

    @Override
    public void linked(LinkedAccount account) {}

    @Override
    public void changed(LinkedAccount account) {}

    @Override
    public void disconnected(LinkedAccount account) {
        approvals.voidAllWith(account.userId(), account.id(), "The account was disconnected. Nothing was done.");
    }
}
