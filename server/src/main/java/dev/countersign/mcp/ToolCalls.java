package dev.countersign.mcp;

import dev.countersign.approvals.Approvals;
import dev.countersign.approvals.Runner;
import dev.countersign.approvals.Wakes;
import dev.countersign.audit.AuditLog;
import dev.countersign.connections.Connections;
import dev.countersign.connector.Tool;
import dev.countersign.identity.People;
import dev.countersign.policy.ToolCallPolicy;
import dev.countersign.risk.Risk;
import dev.countersign.telemetry.Metrics;
import dev.countersign.vault.StateSealer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The tools that act for people, put together: how they are served, and what carries out an approved call. */
public final class ToolCalls {
    private final ToolCatalog catalog;
    private final CallFlow flow;
    private final Runner runner;

    /**
     * The rooms that a call goes through.
     *
     * @param deadline how long a tool may take
     */
    public record Parts(
            ToolCallPolicy policy,
            Approvals approvals,
            Risk risk,
            Connections connections,
            People people,
            AuditLog audit,
            Metrics metrics,
            StateSealer sealer,
            Clock clock,
            Duration deadline,
            URI publicUrl) {}

    /** Fails with {@link IllegalArgumentException} when no schema can be made for what a tool takes or gives. */
    public static void check(Tool<?, ?> tool) {
        new CheckedTool<>(tool).definition();
    }

    public ToolCalls(List<? extends Tool<?, ?>> tools, Parts parts) {
        this.catalog = new ToolCatalog(tools);
        var rooms = new ConnectorCall.Rooms(parts.connections(), parts.sealer(), parts.clock());
        var links = new Wakes();
        parts.connections().listen(new LinkedWake(links));
        this.flow = new CallFlow(
                parts.policy(),
                parts.approvals(),
                parts.risk(),
                links,
                new Callers(parts.people(), parts.connections()),
                new CallLog(parts.audit(), parts.metrics(), parts.clock()),
                rooms,
                new Asking(parts.publicUrl()),
                parts.deadline());
        this.runner = new ApprovedCalls(catalog, parts.people(), rooms);
    }

    /** Each tool as the endpoint serves it. */
    public List<ServedTool> served() {
        return catalog.all().stream()
                .<ServedTool>map(tool -> new ConnectorTool(tool, flow))
                .toList();
    }

    /** Carries out what was approved. */
    public Runner runner() {
        return runner;
    }
}
