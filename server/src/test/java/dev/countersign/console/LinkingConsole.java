package dev.countersign.console;

import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkFlow;
import dev.countersign.http.ErrorPages;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.People;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The pages that a person needs to link accounts: sign-in and connections. */
public final class LinkingConsole {
    private final Shell shell;
    private final List<Route> routes = new ArrayList<>();

    public LinkingConsole(
            People people,
            BrowserSessions sessions,
            FirstRun firstRun,
            Connections connections,
            LinkFlow flow,
            Clock clock) {
        var assets = new Assets();
        this.shell = new Shell(assets, userId -> 0, clock);
        var guard = new Guard(sessions);
        var mcp = URI.create("http://localhost/mcp");
        routes.addAll(assets.routes());
        routes.addAll(new EntryPages(shell, guard, people, sessions, firstRun, userId -> false, mcp).routes());
        routes.addAll(new ConnectionPages(
                        shell,
                        guard,
                        sessions,
                        connections,
                        flow,
                        tool -> tool.equals("mail_send") ? "Send mail" : tool)
                .routes());
    }

    public List<Route> routes() {
        return routes;
    }

    public ErrorPages errorPages() {
        return new Failures(shell);
    }
}
