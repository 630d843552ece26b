package dev.countersign.policy;

import java.util.function.Predicate;

/** The grant may have ended while the call waited for its person. */
final class SessionCheck implements Check {
    private final Predicate<String> liveGrant;

    SessionCheck(Predicate<String> liveGrant) {
        this.liveGrant = liveGrant;
    }

    @Override
    public Verdict check(ToolCall call) {
        return liveGrant.test(call.principal().grantId())
                ? Check.pass(call)
                : Check.deny("session", "The session has ended, so nothing was done. Sign in again.");
    }
}
