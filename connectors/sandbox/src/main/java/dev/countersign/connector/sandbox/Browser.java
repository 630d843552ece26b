package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who sits at the browser: the session cookie, and the token that every form carries against forged posts. */
final class Browser {
    private static final String SESSION = "sandbox_session";
    private static final String FORM = "sandbox_form";

    /** A working day. */
    private static final Duration SESSION_LIFETIME = Duration.ofHours(10);

    private final Store store;
    private final Clock clock;
    private final byte[] formKey;

    Browser(Store store, Clock clock, String formKey) {
        this.store = store;
        this.clock = clock;
        this.formKey = formKey.getBytes(StandardCharsets.UTF_8);
    }

    Optional<Person> person(Incoming request) {
        return request.cookie(SESSION)
                .flatMap(token -> store.read(db -> db.one(
                        "SELECT p.* FROM session s JOIN person p ON p.id = s.person WHERE s.hash = ? AND s.expires_at"
                                + " > ?",
                        Person::of,
                        Secrets.sha256(token),
                        clock.instant())));
    }

    /** Starts a new session; the one before it ends. */
    Answer signIn(Incoming request, Person person, Answer answer) {
        var token = Secrets.random("");
        store.write(db -> {
            db.run("DELETE FROM session WHERE expires_at <= ?", clock.instant());
            db.run(
                    "DELETE FROM session WHERE hash = ?",
                    Secrets.sha256(request.cookie(SESSION).orElse("")));
            return db.run(
                    "INSERT INTO session (hash, person, expires_at) VALUES (?, ?, ?)",
                    Secrets.sha256(token),
                    person.id(),
                    clock.instant().plus(SESSION_LIFETIME));
        });
        return answer.with("Set-Cookie", SESSION + "=" + token + "; Path=/; HttpOnly; SameSite=Lax");
    }

    Answer signOut(Incoming request, Answer answer) {
        store.write(db -> db.run(
                "DELETE FROM session WHERE hash = ?",
                Secrets.sha256(request.cookie(SESSION).orElse(""))));
        return answer.with("Set-Cookie", SESSION + "=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    /** Makes a page whose forms carry the token; the first page also sets the cookie that the token hangs on. */
    Answer page(Incoming request, java.util.function.Function<String, Answer> page) {
        var known = request.cookie(FORM);
        var cookie = known.orElseGet(() -> Secrets.random(""));
        var answer = page.apply(token(request, cookie));
        return known.isPresent()
                ? answer
                : answer.with("Set-Cookie", FORM + "=" + cookie + "; Path=/; HttpOnly; SameSite=Lax");
    }

    /** Refuses a form that was not made for this browser and this session. */
    void check(Incoming request, Incoming.Form form) {
        var right = request.cookie(FORM)
                .filter(cookie ->
                        Secrets.same(token(request, cookie), form.one("form").orElse("")));
        if (right.isEmpty()) {
            throw Refusal.forbidden("This page is out of date. Go back, load it again, and repeat.");
        }
    }

    private String token(Incoming request, String cookie) {
        var bound = cookie + "|" + request.cookie(SESSION).map(Secrets::sha256).orElse("");
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(formKey, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bound.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }
}
