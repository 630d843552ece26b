package dev.countersign.mcp;

import dev.countersign.approvals.Digests;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditLog;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connector.Tool;
import dev.countersign.telemetry.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what was decided about a call, without its content. What acts is written by the approvals, before it acts. */
final class CallLog {
    private final AuditLog audit;
    private final Metrics metrics;
    private final Clock clock;

    CallLog(AuditLog audit, Metrics metrics, Clock clock) {
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    void ran(ToolRequest request, Tool<?, ?> tool, List<LinkedAccount> accounts, String outcome, long startedAtNanos) {
        var detail = new LinkedHashMap<String, String>();
        detail.put("outcome", outcome);
        if (!accounts.isEmpty()) {
            detail.put("account", accounts.stream().map(LinkedAccount::id).collect(Collectors.joining(" ")));
        }
        metrics.called(tool.name(), outcome, Duration.ofNanos(System.nanoTime() - startedAtNanos));
        write(request, tool, "allow", detail);
    }

    void refused(ToolRequest request, Tool<?, ?> tool, String code) {
        metrics.called(tool.name(), "refused_" + code, Duration.ZERO);
        write(request, tool, "deny", Map.of("reason", code));
    }

    void asked(ToolRequest request, Tool<?, ?> tool) {
        metrics.called(tool.name(), "asked_to_link", Duration.ZERO);
        write(request, tool, "ask", Map.of("reason", "connection"));
    }

    private void write(ToolRequest request, Tool<?, ?> tool, String decision, Map<String, String> more) {
        var detail = new LinkedHashMap<>(more);
        detail.put("arguments", Digests.ofArguments(request.arguments()));
        audit.appendSoon(new AuditEvent(
                clock.instant(),
                "tool.call",
                request.principal().userId(),
                Optional.of(request.principal().clientId()),
                tool.name(),
                decision,
                detail));
    }
}
