package dev.countersign.console;

import dev.countersign.console.RecordViews.Browser;
import dev.countersign.console.RecordViews.Client;
import dev.countersign.console.RecordViews.Clients;
import dev.countersign.console.RecordViews.People;
import dev.countersign.console.RecordViews.Security;
import dev.countersign.console.RecordViews.Someone;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.OpenSession;
import dev.countersign.identity.Person;
import dev.countersign.oauth.Grant;
import dev.countersign.oauth.Grants;
import dev.countersign.oauth.Scope;
import dev.countersign.oauth.Scopes;
import dev.countersign.risk.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who and what has access: clients, browsers, people. */
final class AccessPages {
    /** A grant counts as used when it was used later than it was made. */
    private static final Duration MADE = Duration.ofSeconds(1);

    private final Shell shell;
    private final Guard guard;
    private final Grants grants;
    private final BrowserSessions sessions;
    private final Scopes scopes;
    private final Function<String, List<Signal>> signals;
    private final Supplier<List<Person>> people;

    AccessPages(
            Shell shell,
            Guard guard,
            Grants grants,
            BrowserSessions sessions,
            Scopes scopes,
            Function<String, List<Signal>> signals,
            Supplier<List<Person>> people) {
        this.shell = shell;
        this.guard = guard;
        this.grants = grants;
        this.sessions = sessions;
        this.scopes = scopes;
        this.signals = signals;
        this.people = people;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/clients", Route.Kind.PAGE, guard.page(this::clients)),
                Route.post("/clients/{grant}/revoke", Route.Kind.PAGE, guard.form(this::revoke)),
                Route.get("/security", Route.Kind.PAGE, guard.page(this::security)),
                Route.post("/security/sign-out-others", Route.Kind.PAGE, guard.form(this::signOutOthers)),
                Route.get("/admin", Route.Kind.PAGE, guard.page(this::people)));
    }

    private Response clients(Request request, BrowserSession session) {
        var times = shell.times(session);
        var notices = request.query("revoked").isPresent()
                ? List.of(Notice.good("Revoked", "The app can no longer act for you. What it had asked is void."))
                : List.<Notice>of();
        var all = grants.of(session.person().id()).stream()
                .map(grant -> client(grant, times))
                .toList();
        return shell.page(session, Shell.Place.CLIENTS, "Clients", "clients", new Clients(notices, all));
    }

    private Client client(Grant grant, Times times) {
        var used = grant.lastUsedAt().isAfter(grant.createdAt().plus(MADE))
                ? Optional.of(times.ago(grant.lastUsedAt()))
                : Optional.<Moment>empty();
        return new Client(
                grant.id(),
                grant.clientName(),
                Shell.initial(grant.clientName()),
                grant.clientHost(),
                scopes.of(grant.scopes()).stream().map(Scope::words).toList(),
                times.ago(grant.createdAt()),
                used);
    }

    private Response revoke(Request request, BrowserSession session) {
        var id = request.pathValue("grant");
        var own = grants.of(session.person().id()).stream()
                .anyMatch(grant -> grant.id().equals(id));
        if (!own) {
            throw Failures.missing();
        }
        grants.revoke(id, "you revoked it");
        return Response.seeOther("/clients?revoked");
    }

    private Response security(Request request, BrowserSession session) {
        var times = shell.times(session);
        var open = sessions.of(session.person().id());
        var notices = securityNotices(request);
        var browsers = open.stream().map(one -> browser(one, session, times)).toList();
        var noticed = signals.apply(session.person().id()).stream()
                .map(signal -> Signals.warning(signal, times))
                .toList();
        var view = new Security(notices, browsers, open.size() > 1, noticed);
        return shell.page(session, Shell.Place.SECURITY, "Security", "security", view);
    }

    private static List<Notice> securityNotices(Request request) {
        if (request.query("ended").isPresent()) {
            return List.of(Notice.good("Signed out elsewhere", "Only this browser is signed in now."));
        }
        return request
                .query("password")
                .map(apps -> Notice.good(
                        "Your password is changed",
                        apps.equals("apps")
                                ? "All other browsers are signed out, and no app can act for you any more."
                                : "All other browsers are signed out. Apps that you allowed can still act for you; you"
                                        + " can revoke them under Clients."))
                .stream()
                .toList();
    }

    private static Browser browser(OpenSession open, BrowserSession here, Times times) {
        return new Browser(
                Browsers.name(open.userAgent()),
                open.address(),
                times.ago(open.signedInAt()),
                open.id().equals(here.id()));
    }

    private Response signOutOthers(Request request, BrowserSession session) {
        var userId = session.person().id();
        for (var open : sessions.of(userId)) {
            if (!open.id().equals(session.id())) {
                sessions.end(userId, open.id());
            }
        }
        return Response.seeOther("/security?ended");
    }

    private Response people(Request request, BrowserSession session) {
        if (!session.person().administrator()) {
            throw new HttpException(403, "Only those who look after this server see this page.");
        }
        var all = people.get().stream()
                .map(person -> new Someone(
                        person.name(),
                        person.email(),
                        Shell.initials(person.name()),
                        person.administrator(),
                        person.zone().getId()))
                .toList();
        return shell.page(session, Shell.Place.PEOPLE, "People", "people", new People(all));
    }
}
