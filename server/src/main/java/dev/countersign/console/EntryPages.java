package dev.countersign.console;

import dev.countersign.console.EntryViews.Attach;
import dev.countersign.console.EntryViews.Failure;
import dev.countersign.console.EntryViews.Link;
import dev.countersign.console.EntryViews.SignIn;
import dev.countersign.console.EntryViews.Start;
import dev.countersign.console.EntryViews.Welcome;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.identity.FirstRun;
import dev.countersign.identity.IdentityException;
import dev.countersign.identity.PasswordRules;
import dev.countersign.identity.People;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The way in: start, sign-in, sign-out, the first person, and how to attach a client. */
final class EntryPages {
    private static final Refusal NO_MATCH =
            Refusal.whole("That did not match", "Check the email and the password, and try again.");

    private final Shell shell;
    private final Guard guard;
    private final People people;
    private final BrowserSessions sessions;
    private final FirstRun firstRun;
    private final Predicate<String> linked;
    private final URI mcpAddress;

    /** @param linked whether the person of this id has linked an account */
    EntryPages(
            Shell shell,
            Guard guard,
            People people,
            BrowserSessions sessions,
            FirstRun firstRun,
            Predicate<String> linked,
            URI mcpAddress) {
        this.shell = shell;
        this.guard = guard;
        this.people = people;
        this.sessions = sessions;
        this.firstRun = firstRun;
        this.linked = linked;
        this.mcpAddress = mcpAddress;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/", Route.Kind.PAGE, this::start),
                Route.get("/sign-in", Route.Kind.PAGE, this::askToSignIn),
                Route.post("/sign-in", Route.Kind.PAGE, this::signIn),
                Route.post("/sign-out", Route.Kind.PAGE, guard.form(this::signOut)),
                Route.get("/welcome", Route.Kind.PAGE, this::welcome),
                Route.post("/welcome", Route.Kind.PAGE, this::createFirst),
                Route.get("/attach", Route.Kind.PAGE, guard.page(this::attach)));
    }

    private Response start(Request request) {
        if (sessions.of(request).isPresent()) {
            return Response.seeOther("/approvals");
        }
        return shell.alone(200, "Your assistant acts, you countersign", "start", new Start(people.none()));
    }

    private Response askToSignIn(Request request) {
        var next = next(request.query("next"));
        var session = sessions.of(request);
        if (session.isEmpty()) {
            return signInPage(200, Optional.empty(), Refusal.NONE, "", next);
        }
        if (!request.query("again").equals(Optional.of("true"))) {
            return Response.seeOther(next);
        }
        var why = Notice.note("Sign in once more", "What you are about to allow needs a fresh proof that it is you.");
        return signInPage(
                200, Optional.of(why), Refusal.NONE, session.get().person().email(), next);
    }

    private Response signIn(Request request) {
        var next = next(request.form("next"));
        var email = request.form("email").orElse("").strip();
        var password = Secret.of(request.form("password").orElse(""));
        try {
            var person = people.authenticate(email, password, request.client());
            if (person.isEmpty()) {
                return signInPage(401, Optional.empty(), NO_MATCH, email, next);
            }
            sessions.of(request).ifPresent(sessions::end);
            return sessions.withCookie(Response.seeOther(next), sessions.start(person.get(), request.client()));
        } catch (HttpException e) {
            return signInPage(e.status(), Optional.empty(), Failures.later(e), email, next);
        }
    }

    private Response signInPage(int status, Optional<Notice> notice, Refusal refusal, String email, String next) {
        return shell.alone(status, "Sign in", "signin", new SignIn(notice, refusal, email, next, purpose(next)))
                // an app may have opened this in a window of its own and waits there for the answer
                .with("Cross-Origin-Opener-Policy", "unsafe-none");
    }

    private static Optional<String> purpose(String next) {
        if (next.startsWith("/authorize")) {
            return Optional.of("An app asks to act for you. Sign in to see what it wants.");
        }
        if (next.startsWith("/connect/")) {
            return Optional.of("An app needs one of your accounts. Sign in to link it.");
        }
        if (next.startsWith("/approvals/")) {
            return Optional.of("Something waits for your answer. Sign in to read it.");
        }
        return Optional.empty();
    }

    private Response signOut(Request request, BrowserSession session) {
        sessions.end(session);
        var next = request.form("next").flatMap(LocalPath::of).map(LocalPath::signInThen);
        return sessions.withoutCookie(Response.seeOther(next.orElse("/")));
    }

    private static String next(Optional<String> asked) {
        return asked.flatMap(LocalPath::of).orElse("/approvals");
    }

    private Response welcome(Request request) {
        var token = request.query("token").orElse("");
        if (!firstRun.matches(Secret.of(token))) {
            return endedLink();
        }
        return welcomePage(200, token, Refusal.NONE, "", "", ZoneId.systemDefault());
    }

    private Response endedLink() {
        var title = "This link has ended";
        var view = people.none()
                ? new Failure(
                        404,
                        title,
                        "It is not the newest. Open the one that the server printed when it last started.",
                        Optional.empty(),
                        new Link("Back to the start", "/"))
                : new Failure(
                        404,
                        title,
                        "It has been used: the first person is here. Sign in instead.",
                        Optional.empty(),
                        new Link("Sign in", "/sign-in"));
        return shell.alone(404, title, "failure", view);
    }

    private Response createFirst(Request request) {
        var token = request.form("token").orElse("");
        var email = request.form("email").orElse("").strip();
        var name = request.form("name").orElse("").strip();
        var zone = Zones.of(request.form("zone").orElse("")).orElse(ZoneId.systemDefault());
        try {
            var password = Secret.of(request.form("password").orElse(""));
            var person = firstRun.complete(Secret.of(token), email, name, password, zone);
            return sessions.withCookie(Response.seeOther("/attach"), sessions.start(person, request.client()));
        } catch (IdentityException e) {
            return e.problems().isEmpty()
                    ? endedLink()
                    : welcomePage(422, token, refusal(e.problems()), email, name, zone);
        }
    }

    private static Refusal refusal(List<IdentityException.Problem> problems) {
        return new Refusal(
                "Your sign-in is not made yet",
                problems.stream()
                        .map(problem -> Refusal.Problem.at(field(problem.entry()), problem.sentence()))
                        .toList());
    }

    private static String field(IdentityException.Entry entry) {
        return switch (entry) {
            case EMAIL -> "email";
            case NAME -> "name";
            case PASSWORD -> "password";
        };
    }

    private Response welcomePage(int status, String token, Refusal refusal, String email, String name, ZoneId zone) {
        var view = new Welcome(token, refusal, email, name, PasswordRules.LEAST_CHARACTERS, Zones.grouped(zone));
        return shell.alone(status, "Welcome", "welcome", view);
    }

    private Response attach(Request request, BrowserSession session) {
        var address = mcpAddress.toString();
        var view = new Attach(address, linked.test(session.person().id()), Ways.to(address));
        return shell.page(session, Shell.Place.CLIENTS, "Attach your client", "attach", view);
    }
}
