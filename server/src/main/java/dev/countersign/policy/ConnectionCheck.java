package dev.countersign.policy;

import dev.countersign.connections.AccountChoice;
import dev.countersign.connections.Connections;

/** The accounts that the call uses must be linked, with the scopes that this tool needs. */
final class ConnectionCheck implements Check {
    private final Connections connections;

    ConnectionCheck(Connections connections) {
        this.connections = connections;
    }

    @Override
    public Verdict check(ToolCall call) {
        return switch (connections.choose(call.principal().userId(), call.tool(), call.named())) {
            case AccountChoice.Chosen(var accounts) -> Check.pass(call.with(accounts));
            case AccountChoice.ToLink lacking -> Check.stop(new Decision.AskToLink(lacking));
            case AccountChoice.Unclear(var sentence) -> Check.deny("account", sentence);
        };
    }
}
