package dev.countersign.policy;

/** Refuses what the operator's rules switch off. What a person may read is decided inside each query. */
final class PermissionCheck implements Check {
    private final PolicyRules rules;

    PermissionCheck(PolicyRules rules) {
        this.rules = rules;
    }

    @Override
    public Verdict check(ToolCall call) {
        return rules.refusal(call.tool(), call.principal().clientId())
                .map(reason -> Check.deny("rule", reason))
                .orElseGet(() -> Check.pass(call));
    }
}
