package dev.countersign.client;

import dev.countersign.client.TokenFile.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The access token of the person whose bridge this is, refreshed or asked for when the server wants another. What is done for
 * that is done once, however many requests wait, and goes on when one of them is given up.
 */
final class PersonsTokens {
    /** A refresh takes moments, with the patience of a slow network. */
    private static final Duration REFRESH = Duration.ofMinutes(3);

    /** A client asks for several lists one after the other: a person who said no is not asked again at once. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI mcp;
    private final Duration patience;
    private final TokenFile file;
    private final SignIn signIn;
    private Optional<SavedSignIn> saved = Optional.empty();
    private Optional<Attempt> attempt = Optional.empty();

    PersonsTokens(HttpClient http, BridgeSettings settings, TokenFile file, SignIn signIn) {
        this.http = http;
        this.mcp = settings.mcp();
        this.patience = settings.patience();
        this.file = file;
        this.signIn = signIn;
    }

    /**
     * Why the token does not do.
     *
     * @param refused the token that was refused; empty when there was none
     * @param mayAsk whether the person may be sent to sign in
     */
    record Want(String refused, Challenge challenge, boolean mayAsk) {
        /** Whether what is there now may be tried in place of what was refused. */
        private boolean metBy(SavedSignIn saved) {
            return !saved.tokens().accessToken().equals(refused)
                    && (!challenge.asksForScopes() || saved.covers(Set.copyOf(challenge.scopes())));
        }
    }

    /** One way to another token, which those wait for who want one meanwhile. */
    private static final class Attempt {
        private final Want want;
        private final CompletableFuture<SavedSignIn> done = new CompletableFuture<>();
        private volatile Optional<URI> page = Optional.empty();
        private volatile long endedAt;

        private Attempt(Want want) {
            this.want = want;
        }

        private boolean isOpen() {
            return !done.isDone();
        }

        private boolean wasRefusedJustNow() {
            return want.mayAsk()
                    && done.isCompletedExceptionally()
                    && page.isPresent()
                    && System.nanoTime() - endedAt < REST.toNanos();
        }
    }

    /** The token to send; empty when there is none. */
    synchronized String current() {
        if (saved.isEmpty()) {
            saved = file.read();
        }
        return saved.map(each -> each.tokens().accessToken()).orElse("");
    }

    /** Gets another token, or waits until one is there. */
    void replace(Want want) throws SignInException, InterruptedException {
        var running = join(want);
        while (running.isPresent()) {
            try {
                var got = Waiting.get(running.get().done, patience);
                if (running.get().want.equals(want) || want.metBy(got)) {
                    return;
                }
            } catch (java.util.concurrent.TimeoutException e) {
                throw tooLong(running.get().page);
            } catch (SignInException e) {
                if (running.get().want.mayAsk() || !want.mayAsk()) {
                    throw e;
                }
            }
            running = join(want);
        }
    }

    private synchronized Optional<Attempt> join(Want want) {
        if (saved.filter(want::metBy).isPresent()) {
            return Optional.empty();
        }
        if (attempt.filter(Attempt::isOpen).isEmpty()
                && (!want.mayAsk() || attempt.filter(Attempt::wasRefusedJustNow).isEmpty())) {
            var begun = new Attempt(want);
            attempt = Optional.of(begun);
            Thread.ofVirtual().name("tokens").start(() -> run(begun, want));
        }
        return attempt;
    }

    private void run(Attempt begun, Want want) {
        try {
            var next = next(begun, want);
            synchronized (this) {
                saved = Optional.of(next);
            }
            begun.done.complete(next);
        } catch (SignInException e) {
            begun.endedAt = System.nanoTime();
            begun.done.completeExceptionally(e);
        } catch (IOException | UncheckedIOException e) {
            begun.done.completeExceptionally(new SignInException("The tokens cannot be kept: " + e.getMessage(), e));
        } catch (ClientException e) {
            begun.done.completeExceptionally(
                    new SignInException("Signing in to Countersign failed: " + e.getMessage() + ". Try again.", e));
        } catch (InterruptedException | RuntimeException e) {
            begun.done.completeExceptionally(new SignInException("Signing in to Countersign broke off. Try again.", e));
        }
    }

    private SavedSignIn next(Attempt begun, Want want) throws IOException, InterruptedException, SignInException {
        var refreshed = want.challenge().asksForScopes() ? Optional.<SavedSignIn>empty() : refreshed(want);
        if (refreshed.isPresent()) {
            return refreshed.get();
        }
        if (!want.mayAsk()) {
            throw new SignInException("Nobody is signed in to Countersign.", Optional.empty());
        }
        return asked(begun, want);
    }

    /** Under the lock that all bridges share, since a refresh token holds once. Empty when the person must be asked. */
    private Optional<SavedSignIn> refreshed(Want want) throws IOException, InterruptedException, SignInException {
        try (var _ = file.lock(Guard.FILE, REFRESH).orElseThrow(PersonsTokens::busy)) {
            var kept = file.read();
            if (kept.isEmpty() || want.metBy(kept.get())) {
                return kept;
            }
            var before = kept.get();
            if (before.tokens().refreshToken().isEmpty()) {
                return Optional.empty();
            }
            try {
                var login = OAuthLogin.as(before.clientId(), mcp, Discovery.ofIssuer(http, before.issuer()), mcp);
                var after = before.refreshed(login.refresh(before.tokens().refreshToken()));
                file.write(after);
                return Optional.of(after);
            } catch (OAuthLogin.RefusedException e) {
                forgetWhatWasRefused(e);
                return Optional.empty();
            }
        }
    }

    /** RFC 6749 section 5.2: the grant has ended, or the client was forgotten with it. Anything else may pass. */
    private void forgetWhatWasRefused(OAuthLogin.RefusedException refusal) throws IOException {
        if (!refusal.code().equals("invalid_grant") && !refusal.code().equals("invalid_client")) {
            throw refusal;
        }
        file.delete();
        synchronized (this) {
            saved = Optional.empty();
        }
    }

    /** While another bridge has sent the person to sign in, this one waits for what comes of it. */
    private SavedSignIn asked(Attempt begun, Want want) throws IOException, InterruptedException, SignInException {
        try (var _ = file.lock(Guard.PERSON, patience).orElseThrow(PersonsTokens::askedElsewhere)) {
            var kept = file.read();
            if (kept.filter(want::metBy).isPresent()) {
                return kept.get();
            }
            var next = signIn.run(want.challenge(), kept, page -> begun.page = Optional.of(page));
            try (var _ = file.lock(Guard.FILE, REFRESH).orElseThrow(PersonsTokens::busy)) {
                file.write(next);
            }
            return next;
        }
    }

    private static SignInException tooLong(Optional<URI> page) {
        return page.isEmpty()
                ? askedElsewhere()
                : new SignInException(
                        "Nobody has signed in to Countersign yet. Open " + page.get()
                                + " in your browser, sign in, then try again.",
                        page);
    }

    private static SignInException busy() {
        return new SignInException("Another bridge holds the tokens and does not let go. Try again.", Optional.empty());
    }

    private static SignInException askedElsewhere() {
        return new SignInException(
                "Another application on this machine has asked you to sign in to Countersign. Sign in on the page that"
                        + " it opened, then try again.",
                Optional.empty());
    }
}
