package dev.countersign.console;

import dev.countersign.console.RecordViews.NewPassword;
import dev.countersign.console.Refusal.Problem;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.PasswordRules;
import dev.countersign.identity.People;
import dev.countersign.identity.Person;
import dev.countersign.oauth.Grants;
import dev.countersign.vault.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person's new password. It ends what the old one had opened: all other browsers, and the apps if the person says so. */
final class NewPasswordPages {
    private final Shell shell;
    private final Guard guard;
    private final People people;
    private final BrowserSessions sessions;
    private final Grants grants;

    NewPasswordPages(Shell shell, Guard guard, People people, BrowserSessions sessions, Grants grants) {
        this.shell = shell;
        this.guard = guard;
        this.people = people;
        this.sessions = sessions;
        this.grants = grants;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/security/password", Route.Kind.PAGE, guard.page(this::ask)),
                Route.post("/security/password", Route.Kind.PAGE, guard.form(this::change)));
    }

    private Response ask(Request request, BrowserSession session) {
        return page(200, session, Refusal.NONE, false);
    }

    private Response change(Request request, BrowserSession session) {
        var person = session.person();
        var password = Secret.of(request.form("password").orElse(""));
        var apps = request.form("apps").equals(Optional.of("end"));
        try {
            var problems = problems(request, person, password);
            if (!problems.isEmpty()) {
                return page(422, session, new Refusal("Your password is not changed", problems), apps);
            }
        } catch (HttpException e) {
            return page(e.status(), session, Failures.later(e), apps);
        }
        people.changePassword(person, password);
        if (apps) {
            grants.of(person.id()).forEach(grant -> grants.revoke(grant.id(), "you changed your password"));
        }
        var next = Response.seeOther("/security?password=" + (apps ? "apps" : "changed"));
        return sessions.withCookie(next, sessions.start(person, request.client()));
    }

    private List<Problem> problems(Request request, Person person, Secret password) {
        var problems = new ArrayList<Problem>();
        var current = Secret.of(request.form("current").orElse(""));
        if (people.authenticate(person.email(), current, request.client()).isEmpty()) {
            problems.add(Problem.at("current", "The current password did not match. Try again."));
        }
        PasswordRules.problem(password, person.email())
                .ifPresent(sentence -> problems.add(Problem.at("password", sentence)));
        return problems;
    }

    private Response page(int status, BrowserSession session, Refusal refusal, boolean endApps) {
        var view = new NewPassword(refusal, session.person().email(), PasswordRules.LEAST_CHARACTERS, endApps);
        return shell.page(status, session, Shell.Place.SECURITY, "Change password", "newpassword", view);
    }
}
