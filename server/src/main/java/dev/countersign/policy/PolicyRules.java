package dev.countersign.policy;

import dev.countersign.approvals.Tier;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operator's rules of {@code policy.yaml}. The first rule that fits decides; what none fits is asked on our page. */
public record PolicyRules(List<Rule> rules, Limits limits) {
    /**
     * @param callsPerMinute of one client for one person
     * @param usualReads calls an hour that read and are never remarked on
     * @param usualActs the same of calls that act
     * @param waiting calls of one person that wait for an answer at a time
     * @param answerWithin how long a call waits for its answer
     */
    public record Limits(int callsPerMinute, int usualReads, int usualActs, int waiting, Duration answerWithin) {}

    /** One rule; what it does not name fits every call. */
    public record Rule(Optional<Effect> effect, Optional<Pattern> tool, Optional<Pattern> client, Outcome outcome) {
        boolean fits(Tool<?, ?> called, Effect does, String clientId) {
            return effect.map(does::equals).orElse(true)
                    && tool.map(pattern -> pattern.matcher(called.name()).matches())
                            .orElse(true)
                    && client.map(pattern -> pattern.matcher(clientId).matches())
                            .orElse(true);
        }
    }

    /** What a rule gives. */
    public sealed interface Outcome {
        record Confirm(Tier tier) implements Outcome {}

        /** @param reason a sentence for the person and the model */
        record Refuse(String reason) implements Outcome {}
    }

    public PolicyRules {
        rules = List.copyOf(rules);
    }

    /** Why the call is switched off, judged by what the tool does at least. */
    Optional<String> refusal(Tool<?, ?> tool, String clientId) {
        return refusal(tool, tool.effect(), clientId);
    }

    Optional<String> refusal(Tool<?, ?> tool, Effect does, String clientId) {
        return switch (outcome(tool, does, clientId)) {
            case Outcome.Refuse(var reason) -> Optional.of(reason);
            case Outcome.Confirm confirm -> Optional.empty();
        };
    }

    Tier tier(Tool<?, ?> tool, Effect does, String clientId) {
        return switch (outcome(tool, does, clientId)) {
            case Outcome.Refuse refuse -> Tier.T2;
            case Outcome.Confirm(var tier) -> tier;
        };
    }

    private Outcome outcome(Tool<?, ?> tool, Effect does, String clientId) {
        return rules.stream()
                .filter(rule -> rule.fits(tool, does, clientId))
                .findFirst()
                .map(Rule::outcome)
                .orElseGet(() -> new Outcome.Confirm(Tier.T2));
    }
}
