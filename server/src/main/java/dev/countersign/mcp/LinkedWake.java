package dev.countersign.mcp;

import dev.countersign.approvals.Wakes;
import dev.countersign.connections.ConnectionListener;
import dev.countersign.connections.LinkedAccount;

/** Wakes calls that wait for their person to link an account. */
record LinkedWake(Wakes wakes) implements ConnectionListener {
    @Override
    public void linked(LinkedAccount account) {
        wakes.wake(account.userId());
    }

    @Override
    public void changed(LinkedAccount account) {
        wakes.wake(account.userId());
    }

    @Override
    public void disconnected(LinkedAccount account) {
        wakes.wake(account.userId());
    }
}
