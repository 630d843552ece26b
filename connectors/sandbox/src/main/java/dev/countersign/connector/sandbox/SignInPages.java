package dev.countersign.connector.sandbox;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Signing in and out. */
final class SignInPages {
    /** Wrong passwords for one address before it must wait. */
    private static final int MAX_WRONG = 10;

    private static final Duration WRONG_COUNT_FOR = Duration.ofMinutes(5);

    private final People people;
    private final Browser browser;
    private final Clock clock;
    private final Map<String, Deque<Instant>> wrong = new ConcurrentHashMap<>();

    SignInPages(People people, Browser browser, Clock clock) {
        this.people = people;
        this.browser = browser;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/sign-in", Pages.forPeople(this::show)),
                Route.post("/sign-in", Pages.forPeople(this::signIn)),
                Route.post("/sign-out", Pages.forPeople(this::signOut)));
    }

    /** Where to send somebody who must sign in first. */
    static URI address(String next, Optional<String> hint) {
        return URI.create("/sign-in?next=" + encoded(next)
                + hint.map(email -> "&email=" + encoded(email)).orElse(""));
    }

    private Answer show(Incoming request) {
        return page(
                request,
                200,
                next(request.parameter("next")),
                request.parameter("email").orElse(""),
                "");
    }

    private Answer signIn(Incoming request) {
        var form = request.form();
        browser.check(request, form);
        var next = next(form.one("next"));
        var email = form.one("email").orElse("");
        var tries = wrong.computeIfAbsent(email.strip().toLowerCase(Locale.ROOT), address -> new ArrayDeque<>());
        if (mustWait(tries)) {
            return page(request, 429, next, email, "Too many tries. Wait five minutes, then try again.");
        }
        var person = people.signIn(email, form.one("password").orElse(""));
        if (person.isEmpty()) {
            synchronized (tries) {
                tries.add(clock.instant());
            }
            return page(request, 401, next, email, "Email and password do not match. Check both, and try again.");
        }
        wrong.remove(person.get().address());
        return browser.signIn(request, person.get(), Answer.seeOther(URI.create(next)));
    }

    private boolean mustWait(Deque<Instant> tries) {
        synchronized (tries) {
            var since = clock.instant().minus(WRONG_COUNT_FOR);
            tries.removeIf(at -> at.isBefore(since));
            return tries.size() >= MAX_WRONG;
        }
    }

    private Answer signOut(Incoming request) {
        var form = request.form();
        browser.check(request, form);
        var to = address(next(form.one("next")), Optional.empty());
        return browser.signOut(request, Answer.seeOther(to));
    }

    private Answer page(Incoming request, int status, String next, String email, String problem) {
        return browser.page(request, token -> {
            var main = Html.of(
                    """
                    <section class="card">
                    <h1>Sign in</h1>
                    <p>Use an account of the sandbox, for example <code>alice@example.com</code>.</p>
                    {}
                    <form method="post" action="/sign-in">
                    <input type="hidden" name="form" value="{}">
                    <input type="hidden" name="next" value="{}">
                    <label for="email">Email</label>
                    <input id="email" name="email" type="email" autocomplete="username" required value="{}">
                    <label for="password">Password</label>
                    <input id="password" name="password" type="password" autocomplete="current-password" required>
                    <button>Sign in</button>
                    </form>
                    </section>
                    """,
                    problem.isEmpty()
                            ? Html.NONE
                            : Html.of("<p class=\"problem\" role=\"alert\" tabindex=\"-1\" autofocus>{}</p>", problem),
                    token,
                    next,
                    email);
            var title = problem.isEmpty() ? "Sign in" : "Error: Sign in";
            return Pages.answer(status, Pages.frame(title, Optional.empty(), token, main), List.of());
        });
    }

    /** Only addresses of our own pages: anything else would make this an open redirector. */
    private static String next(Optional<String> asked) {
        return asked.filter(address -> address.startsWith("/authorize?") || address.equals("/"))
                .filter(address -> address.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\'))
                .orElse("/");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
