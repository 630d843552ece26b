package dev.countersign.console;

import dev.countersign.console.RecordViews.NewPassword;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.IdentityException;
import dev.countersign.identity.PasswordRules;
import dev.countersign.identity.People;
import dev.countersign.oauth.Grants;
import dev.countersign.vault.Secret;
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
        return page(200, session, Optional.empty());
    }

    private Response change(Request request, BrowserSession session) {
        var person = session.person();
        var current = Secret.of(request.form("current").orElse(""));
        if (people.authenticate(person.email(), current, request.client()).isEmpty()) {
            return refused(session, "The current password did not match. Try again.");
        }
        try {
            people.changePassword(person, Secret.of(request.form("password").orElse("")));
        } catch (IdentityException e) {
            return refused(session, String.valueOf(e.getMessage()));
        }
        var apps = request.form("apps").equals(Optional.of("end"));
        if (apps) {
            grants.of(person.id()).forEach(grant -> grants.revoke(grant.id(), "you changed your password"));
        }
        var next = Response.seeOther("/security?password=" + (apps ? "apps" : "changed"));
        return sessions.withCookie(next, sessions.start(person, request.client()));
    }

    private Response refused(BrowserSession session, String sentence) {
        return page(422, session, Optional.of(Notice.bad("Not changed", sentence)));
    }

    private Response page(int status, BrowserSession session, Optional<Notice> notice) {
        var view = new NewPassword(notice, session.person().email(), PasswordRules.LEAST_CHARACTERS);
        return shell.page(status, session, Shell.Place.SECURITY, "Change password", "newpassword", view);
    }
}
