package dev.countersign.policy;

import dev.countersign.oauth.Scope;

/** The token must carry every scope that the tool needs. */
final class ScopeCheck implements Check {
    @Override
    public Verdict check(ToolCall call) {
        var held = Scope.implied(call.principal().scopes());
        return held.containsAll(call.tool().scopes())
                ? Check.pass(call)
                : Check.stop(new Decision.InsufficientScope(
                        java.util.Set.copyOf(call.tool().scopes())));
    }
}
