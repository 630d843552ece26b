package dev.countersign.policy;

import dev.countersign.oauth.Scope;

/** The token must carry every scope that the tool needs. */
final class ScopeCheck implements Check {
    @Override
    public Verdict check(ToolCall call) {
        return Scope.covers(call.principal().scopes(), call.tool().scopes())
                ? Check.pass(call)
                : Check.stop(new Decision.InsufficientScope(
                        java.util.Set.copyOf(call.tool().scopes())));
    }
}
