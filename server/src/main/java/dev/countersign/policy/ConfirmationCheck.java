package dev.countersign.policy;

import dev.countersign.approvals.Approval;
import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.Tier;
import dev.countersign.connector.Effect;
import dev.countersign.risk.Risk;
import dev.countersign.risk.Signal;
import java.util.ArrayList;
import java.util.List;

/** What acts is confirmed: as the rules say, never weaker than the floors, stronger where signals ask for it. */
final class ConfirmationCheck implements Check {
    private final Approvals approvals;
    private final Risk risk;
    private final PolicyRules rules;

    ConfirmationCheck(Approvals approvals, Risk risk, PolicyRules rules) {
        this.approvals = approvals;
        this.risk = risk;
        this.rules = rules;
    }

    @Override
    public Verdict check(ToolCall call) {
        if (call.reads()) {
            return Check.stop(new Decision.Allow(call.accounts()));
        }
        // before the question: what the call was about may be gone because it ran
        var before = approvals.identical(call.principal(), call.tool(), call.arguments(), call.accounts());
        if (before.isPresent() && before.get().state() != Approval.State.PENDING) {
            return Check.stop(new Decision.Decided(before.get()));
        }
        var question = call.questions().apply(call.accounts());
        var effect = question.reaches().isEmpty()
                ? call.tool().effect()
                : stronger(call.tool().effect());
        var refused = rules.refusal(call.tool(), effect, call.principal().clientId());
        if (refused.isPresent()) {
            return Check.deny("rule", refused.get());
        }
        var assessment = risk.acting(RiskCheck.facts(call), call.arguments(), question);
        if (assessment.response() == Signal.Response.END_SESSION) {
            return Check.deny("risk", "The session was ended: " + String.join(" ", assessment.reasons()));
        }
        var tier = rules.tier(call.tool(), effect, call.principal().clientId())
                .orStronger(floor(effect))
                .orStronger(call.least())
                .orStronger(assessment.response() == Signal.Response.RAISE ? Tier.T2 : Tier.T0);
        return Check.stop(new Decision.Confirm(tier, call.accounts(), question, reasons(call, assessment.reasons())));
    }

    private static List<String> reasons(ToolCall call, List<String> more) {
        var all = new ArrayList<>(call.reasons());
        more.stream().filter(reason -> !all.contains(reason)).forEach(all::add);
        return all;
    }

    /** What reaches other people counts as sending, however the tool is called. */
    private static Effect stronger(Effect effect) {
        return effect == Effect.WRITE ? Effect.SEND : effect;
    }

    /** What leaves or cannot be undone is decided on our page, whatever the rules say. */
    static Tier floor(Effect effect) {
        return switch (effect) {
            case READ, WRITE -> Tier.T0;
            case SEND, DELETE -> Tier.T2;
        };
    }
}
