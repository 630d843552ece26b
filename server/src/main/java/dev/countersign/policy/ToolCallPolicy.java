package dev.countersign.policy;

import dev.countersign.approvals.Approvals;
import dev.countersign.connections.Connections;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.UpstreamException;
import dev.countersign.policy.Check.Verdict;
import dev.countersign.risk.Risk;
import dev.countersign.telemetry.WithoutMessages;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks that every call of a tool passes. A check that cannot decide denies. */
public final class ToolCallPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(ToolCallPolicy.class);

    /** Cheap first, deny before ask. */
    private final List<Check> inOrder;

    /** @param liveGrant whether a grant still stands */
    public ToolCallPolicy(
            PolicyRules rules,
            Predicate<String> liveGrant,
            Connections connections,
            Approvals approvals,
            Risk risk,
            Clock clock) {
        this.inOrder = List.of(
                new SessionCheck(liveGrant),
                new RateCheck(rules.limits().callsPerMinute(), clock),
                new ScopeCheck(),
                new PermissionCheck(rules),
                new RiskCheck(risk),
                new ConnectionCheck(connections),
                new ConfirmationCheck(approvals, risk, rules));
    }

    /**
     * Asks the checks. Fails with what the tool's question fails with: {@link ToolException}, {@link UpstreamException} or
     * {@link CancellationException}.
     */
    public Decision decide(ToolCall call) {
        var known = call;
        for (var check : inOrder) {
            switch (ask(check, known)) {
                case Verdict.Pass(var more) -> known = more;
                case Verdict.Stop(var decision) -> {
                    return decision;
                }
            }
        }
        throw new IllegalStateException("the last check always decides");
    }

    private static Verdict ask(Check check, ToolCall call) {
        try {
            return check.check(call);
        } catch (ToolException | UpstreamException | CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException(
                        "interrupted in " + check.getClass().getSimpleName());
            }
            LOG.error(
                    "check failed: check={} tool={}",
                    check.getClass().getSimpleName(),
                    call.tool().name(),
                    WithoutMessages.of(e));
            return Check.deny("check_failed", "This could not be checked, so it was not done. Try again later.");
        }
    }
}
