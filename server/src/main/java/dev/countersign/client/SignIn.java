package dev.countersign.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Sends the person to sign in and to allow, and comes back with tokens. MCP 2026-07-28, authorization. */
final class SignIn {
    private static final String CLIENT_NAME = "Countersign stdio bridge";

    /** As long as a page of consent stays open at the server. */
    private static final Duration OPEN = Duration.ofMinutes(10);

    private final HttpClient http;
    private final URI mcp;
    private final PersonsBrowser browser;
    private final ClientPipe client;

    /** An authorization server forgets clients that nobody signed in with; ours does after a day. */
    private static final Duration REMEMBERED = Duration.ofHours(12);

    /** Registered in this process, and not signed in with yet. */
    private Optional<Registered> registered = Optional.empty();

    private record Registered(OAuthLogin login, long at) {
        private boolean isKnownTo(String issuer) {
            return login.issuer().equals(issuer) && System.nanoTime() - at < REMEMBERED.toNanos();
        }
    }

    SignIn(HttpClient http, URI mcp, PersonsBrowser browser, ClientPipe client) {
        this.http = http;
        this.mcp = mcp;
        this.browser = browser;
        this.client = client;
    }

    /**
     * Waits until the person has decided.
     *
     * @param saved what the person has already: it is asked for again, beside what the server wants
     * @param page is told where the person is sent
     */
    SavedSignIn run(Challenge challenge, Optional<SavedSignIn> saved, Consumer<URI> page)
            throws IOException, InterruptedException, SignInException {
        var found = Discovery.of(http, mcp, challenge);
        try (var redirect = LoopbackRedirect.open()) {
            var login = login(found, saved, redirect.uri());
            var started = login.start(scopes(found, saved));
            redirect.expect(started.state().getValue());
            page.accept(started.url());
            client.say("Sign in here, in your browser: " + started.url());
            browser.open(started.url());
            var back = redirect.await(OPEN).orElseThrow(() -> tooLate());
            var tokens = login.finish(started, back);
            registered = Optional.empty();
            client.say("You are signed in.");
            return new SavedSignIn(mcp, login.issuer(), login.clientId(), tokens);
        } catch (OAuthLogin.RefusedException e) {
            throw refused(e);
        }
    }

    /** A client id belongs to who gave it. MCP 2026-07-28, client registration, authorization server binding. */
    private OAuthLogin login(Discovery found, Optional<SavedSignIn> saved, URI redirect) {
        var issuer = found.server().getIssuer().getValue();
        var before = saved.filter(each -> each.issuer().equals(issuer)).map(SavedSignIn::clientId);
        var known = before.or(() -> registered
                .filter(each -> each.isKnownTo(issuer))
                .map(each -> each.login().clientId()));
        if (known.isPresent()) {
            return OAuthLogin.as(known.get(), mcp, found, redirect);
        }
        var login = OAuthLogin.register(mcp, found, CLIENT_NAME, redirect);
        registered = Optional.of(new Registered(login, System.nanoTime()));
        return login;
    }

    private static List<String> scopes(Discovery found, Optional<SavedSignIn> saved) {
        var wanted = new TreeSet<>(found.scopes());
        wanted.addAll(saved.map(each -> each.tokens().scopes()).orElse(Set.of()));
        return List.copyOf(wanted);
    }

    private static SignInException tooLate() {
        return new SignInException(
                "Nobody signed in to Countersign. Try again, and sign in on the page that opens.", Optional.empty());
    }

    private static SignInException refused(OAuthLogin.RefusedException refusal) {
        return refusal.code().equals("access_denied")
                ? new SignInException(
                        "The person did not allow it at Countersign. Try again when they want to.", Optional.empty())
                : new SignInException(
                        "Countersign did not take the sign-in: " + refusal.getMessage() + ". Try again.", refusal);
    }
}
