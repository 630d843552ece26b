package dev.countersign.console;

import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkAddress;
import dev.countersign.connections.LinkFlow;
import dev.countersign.connections.LinkOutcome;
import dev.countersign.connections.LinkWish;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.console.ConnectionCards.Renaming;
import dev.countersign.console.ConnectionViews.Disconnect;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.vault.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Linked accounts: what there is, the way to a provider and back, names, and the end of a link. */
final class ConnectionPages {
    private static final int MOST_LABEL = 40;

    /** Marks the way back to the list for somebody whom an app sent. */
    private static final String BACK_TO_APP = "/connections?app";

    private static final Refusal NOTHING_TICKED =
            Refusal.at("scopes", "Nothing is ticked", "Tick at least one thing that the account may be used for.");

    private final Shell shell;
    private final Guard guard;
    private final BrowserSessions sessions;
    private final Connections connections;
    private final LinkFlow flow;
    private final PasswordPages passwords;
    private final UnaryOperator<String> toolTitle;

    /** @param toolTitle a tool's title by its name; the name itself when there is none */
    ConnectionPages(
            Shell shell,
            Guard guard,
            BrowserSessions sessions,
            Connections connections,
            LinkFlow flow,
            UnaryOperator<String> toolTitle) {
        this.shell = shell;
        this.guard = guard;
        this.sessions = sessions;
        this.connections = connections;
        this.flow = flow;
        this.passwords = new PasswordPages(shell, connections, toolTitle);
        this.toolTitle = toolTitle;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/connections", Route.Kind.PAGE, guard.page(this::all)),
                Route.post("/connections/unfreeze", Route.Kind.PAGE, guard.form(this::unfreeze)),
                Route.post("/connections/{id}/rename", Route.Kind.PAGE, guard.form(this::rename)),
                Route.get("/connections/{id}/disconnect", Route.Kind.PAGE, guard.page(this::askToDisconnect)),
                Route.post("/connections/{id}/disconnect", Route.Kind.PAGE, guard.form(this::disconnect)),
                Route.get("/connect/{provider}", Route.Kind.PAGE, guard.page(this::explain)),
                Route.post("/connect/{provider}", Route.Kind.PAGE, guard.form(this::begin)),
                // no sign-in on the way: its address would carry the code
                Route.get("/connect/{provider}/callback", Route.Kind.PAGE, this::end));
    }

    private Response all(Request request, BrowserSession session) {
        return all(200, request, session, Optional.empty());
    }

    private Response all(int status, Request request, BrowserSession session, Optional<Renaming> renaming) {
        var accounts = connections.of(session.person().id());
        var notices = new ConnectionNotices(accounts, connections.providers(), connections.scopes()).of(request);
        var view = new ConnectionCards(shell.times(session), connections.providers(), connections.scopes())
                .all(notices, accounts, ConnectionAsk.of(request.query()), renaming);
        return shell.page(status, session, Shell.Place.CONNECTIONS, "Connections", "connections", view);
    }

    private Response explain(Request request, BrowserSession session) {
        var linkable = linkable(request);
        if (linkable.password().isPresent()) {
            return passwords.ask(request, session, linkable);
        }
        return explain(session, linkable, ConnectionAsk.of(request.query()), "", Refusal.NONE, request.pathAndQuery());
    }

    private Response explain(
            BrowserSession session,
            LinkableProvider linkable,
            ConnectionAsk ask,
            String label,
            Refusal refusal,
            String here) {
        var view = new ConnectionCards(shell.times(session), connections.providers(), connections.scopes())
                .explain(linkable, ask, ask.tool().map(toolTitle), label, refusal, here);
        var page = shell.asked(
                        refusal.none() ? 200 : 422,
                        session,
                        "Link your " + linkable.name() + " account",
                        "connect",
                        view)
                // an app may have opened this in a window of its own and waits there for the answer
                .with("Cross-Origin-Opener-Policy", "unsafe-none");
        return ContentSecurityPolicy.formsMayLeadTo(
                page, linkable.oauth().provider().authorize());
    }

    private Response begin(Request request, BrowserSession session) {
        var linkable = linkable(request);
        if (linkable.password().isPresent()) {
            return passwords.take(request, session, linkable);
        }
        var ask = ConnectionAsk.of(request.form());
        var scopes = ask.scopesOf(linkable);
        if (scopes.isEmpty()) {
            return explain(
                    session,
                    linkable,
                    ask,
                    request.form("label").orElse(""),
                    NOTHING_TICKED,
                    "/connect/" + linkable.id());
        }
        var back = back(ask);
        var account = ask.account()
                .filter(id -> connections.find(session.person().id(), id).isPresent());
        var wish =
                new LinkWish(linkable, Set.copyOf(scopes), request.form("label").orElse(""), back, account);
        return Response.seeOther(flow.begin(session, wish).toString());
    }

    /** Where they are afterwards. */
    static String back(ConnectionAsk ask) {
        return ask.back().orElse(ask.tool().isPresent() ? BACK_TO_APP : "/connections");
    }

    private Response end(Request request) {
        var session = sessions.of(request).orElseThrow(ConnectionPages::notOpen);
        var callback = new LinkFlow.Callback(
                request.pathValue("provider"),
                request.query("state").map(Secret::of),
                request.query("code").map(Secret::of),
                request.query("iss"),
                request.query("error"),
                request.query("error_description"));
        return switch (flow.end(session, callback)) {
            case LinkOutcome.Linked linked -> Response.seeOther(afterwards(linked));
            case LinkOutcome.AskAgain again ->
                Response.seeOther(again.provider().toString());
            case LinkOutcome.Declined declined ->
                Response.seeOther("/connections?declined=" + callback.connector()
                        + (declined.back().equals(BACK_TO_APP) ? "&app" : ""));
            case LinkOutcome.Failed failed -> throw new HttpException(400, failed.sentence());
            case LinkOutcome.NotOpen ignored -> throw notOpen();
        };
    }

    /** Back to where they came from, unless there is something to be told first. */
    static String afterwards(LinkOutcome.Linked linked) {
        var elsewhere = !linked.back().startsWith("/connections");
        if (elsewhere && linked.missing().isEmpty() && linked.instead().isEmpty()) {
            return linked.back();
        }
        return LinkAddress.linked(linked.account(), linked.missing(), linked.instead())
                + (linked.back().equals(BACK_TO_APP) ? "&app" : "");
    }

    private static HttpException notOpen() {
        return new HttpException(
                403,
                "This link was not begun in this browser by you, was completed already, or took longer than ten"
                        + " minutes. Nothing was linked now. Open Connections and begin again.");
    }

    private Response rename(Request request, BrowserSession session) {
        var account = account(request, session);
        var label = request.form("label").orElse("").strip();
        if (label.isEmpty() || label.length() > MOST_LABEL) {
            var sentence = "Give the account a name of 1 to " + MOST_LABEL + " characters.";
            return all(422, request, session, Optional.of(new Renaming(account.id(), label, sentence)));
        }
        if (!connections.rename(account.userId(), account.id(), label)) {
            var sentence = "Another of your accounts has this name. Choose another name.";
            return all(422, request, session, Optional.of(new Renaming(account.id(), label, sentence)));
        }
        return Response.seeOther("/connections?renamed");
    }

    private Response askToDisconnect(Request request, BrowserSession session) {
        var account = account(request, session);
        var view = new Disconnect(
                account.id(), account.label(), account.address(), account.connectorName(), password(account));
        return shell.page(session, Shell.Place.CONNECTIONS, "Disconnect " + account.label(), "disconnect", view);
    }

    private Response disconnect(Request request, BrowserSession session) {
        var account = account(request, session);
        var done = connections.disconnect(account.userId(), account.id()).orElseThrow(Failures::missing);
        return Response.seeOther("/connections?disconnected=" + account.connector() + "&provider="
                + (password(account) ? "password" : done.atProvider().name().toLowerCase(Locale.ROOT)));
    }

    private boolean password(LinkedAccount account) {
        return connections
                .provider(account.connector())
                .filter(linkable -> linkable.password().isPresent())
                .isPresent();
    }

    private Response unfreeze(Request request, BrowserSession session) {
        connections.unfreezeAll(session.person().id());
        return Response.seeOther("/connections?unfrozen");
    }

    private LinkedAccount account(Request request, BrowserSession session) {
        return connections.find(session.person().id(), request.pathValue("id")).orElseThrow(Failures::missing);
    }

    private LinkableProvider linkable(Request request) {
        return Optional.of(request.pathValue("provider"))
                .flatMap(connections::provider)
                .orElseThrow(Failures::missing);
    }
}
