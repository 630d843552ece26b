package dev.countersign.console;

import dev.countersign.approvals.Approvals;
import dev.countersign.audit.AuditLog;
import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkFlow;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.People;
import dev.countersign.oauth.Grant;
import dev.countersign.oauth.Grants;
import dev.countersign.risk.Risk;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The pages, put together: their routes, and how other rooms ask and tell people. */
public final class Console {
    private final Failures failures;
    private final ConsentPages consentPages;
    private final List<Route> routes;

    /**
     * What the pages show and do.
     *
     * @param toolTitle a tool's title by its name
     * @param mcpAddress what people give to their clients
     */
    public record Parts(
            People people,
            BrowserSessions sessions,
            FirstRun firstRun,
            Grants grants,
            Approvals approvals,
            Connections connections,
            LinkFlow links,
            Risk risk,
            AuditLog audit,
            UnaryOperator<String> toolTitle,
            URI mcpAddress,
            Clock clock) {}

    public Console(Parts parts) {
        var assets = new Assets();
        var approvals = parts.approvals();
        var connections = parts.connections();
        var shell = new Shell(assets, userId -> approvals.waiting(userId).size(), parts.clock());
        var guard = new Guard(parts.sessions());
        var words = new EventWords(
                parts.toolTitle(),
                userId -> clientNames(parts.grants(), userId),
                userId -> labels(connections, userId));
        this.failures = new Failures(shell);
        this.consentPages = new ConsentPages(shell);
        var all = new ArrayList<>(assets.routes());
        all.addAll(new EntryPages(
                        shell,
                        guard,
                        parts.people(),
                        parts.sessions(),
                        parts.firstRun(),
                        userId -> !connections.of(userId).isEmpty(),
                        parts.mcpAddress())
                .routes());
        all.addAll(new ApprovalPages(
                        shell,
                        guard,
                        approvals,
                        userId -> !parts.grants().of(userId).isEmpty(),
                        parts.clock())
                .routes());
        all.addAll(new ConnectionPages(shell, guard, parts.sessions(), connections, parts.links(), parts.toolTitle())
                .routes());
        all.addAll(new RecordPages(shell, guard, parts.audit()::page, words, parts.risk()::of).routes());
        all.addAll(new AccessPages(
                        shell,
                        guard,
                        parts.grants(),
                        parts.sessions(),
                        connections.scopes(),
                        parts.risk()::of,
                        parts.people()::all)
                .routes());
        all.addAll(new NewPasswordPages(shell, guard, parts.people(), parts.sessions(), parts.grants()).routes());
        this.routes = List.copyOf(all);
    }

    public List<Route> routes() {
        return routes;
    }

    /** Says what went wrong, on a page. */
    public Failures failures() {
        return failures;
    }

    public ConsentPages consentPages() {
        return consentPages;
    }

    private static Map<String, String> clientNames(Grants grants, String userId) {
        return grants.of(userId).stream()
                .collect(Collectors.toMap(Grant::clientId, Grant::clientName, (newest, older) -> newest));
    }

    private static Map<String, String> labels(Connections connections, String userId) {
        return connections.of(userId).stream().collect(Collectors.toMap(LinkedAccount::id, LinkedAccount::label));
    }
}
