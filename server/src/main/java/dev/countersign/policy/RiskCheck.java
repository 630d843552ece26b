package dev.countersign.policy;

import dev.countersign.approvals.Tier;
import dev.countersign.risk.CallFacts;
import dev.countersign.risk.Risk;

/** Asks the signals what they make of this client and its rate. */
final class RiskCheck implements Check {
    private final Risk risk;

    RiskCheck(Risk risk) {
        this.risk = risk;
    }

    @Override
    public Verdict check(ToolCall call) {
        var assessment = risk.called(facts(call));
        return switch (assessment.response()) {
            case NOTE -> Check.pass(call);
            case RAISE -> Check.pass(call.atLeast(Tier.T2, assessment.reasons()));
            case END_SESSION ->
                Check.deny(
                        "risk",
                        "The session was ended: " + String.join(" ", assessment.reasons())
                                + " The person sees the reason on their security page and can sign in again.");
        };
    }

    static CallFacts facts(ToolCall call) {
        return CallFacts.of(call.principal(), call.tool(), call.own(), call.network());
    }
}
