package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The frame of every page, its style, and the page that tells an error. */
final class Pages {
    private Pages() {}

    /**
     * A whole page.
     *
     * @param person who is signed in
     */
    static Html frame(String title, Optional<Person> person, String formToken, Html main) {
        return Html.of("""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{} · Sandbox</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/sandbox.css">
            </head>
            <body>
            <header><p class="banner"><strong>Sandbox</strong> A practice provider with made-up people. \
            Nothing here leaves this machine.</p>
            <div class="top"><a class="mark" href="/">Sandbox</a>{}</div></header>
            <main>
            {}
            </main>
            </body>
            </html>
            """, title, person.map(who -> account(who, formToken)).orElse(Html.NONE), main);
    }

    private static Html account(Person person, String formToken) {
        return Html.of("""
            <form class="account" method="post" action="/sign-out"><span>{}</span>\
            <input type="hidden" name="form" value="{}"><button class="quiet">Sign out</button></form>\
            """, person.address(), formToken);
    }

    /**
     * The answer with the page's own security policy: no script at all.
     *
     * @param formTargets where else a form's answer may lead; browsers hold redirects to it too
     */
    static Answer answer(int status, Html page, List<URI> formTargets) {
        var targets = new StringBuilder("'self'");
        formTargets.forEach(target ->
                targets.append(' ').append(target.getScheme()).append("://").append(target.getRawAuthority()));
        return Answer.html(status, page)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; form-action " + targets
                                + "; frame-ancestors 'none'; base-uri 'none'");
    }

    static Answer style(Incoming request) {
        try (var css = Pages.class.getResourceAsStream("sandbox.css")) {
            if (css == null) {
                throw new IOException("sandbox.css is missing in the jar");
            }
            return Answer.of(200, "text/css; charset=utf-8", css.readAllBytes()).with("Cache-Control", "max-age=3600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells a person, instead of a program, what was refused. */
    static Route.Endpoint forPeople(Route.Endpoint endpoint) {
        return request -> {
            try {
                return endpoint.answer(request);
            } catch (Refusal refusal) {
                var main = Html.of(
                        "<section class=\"card\"><h1>That did not work</h1><p>{}</p><p><a href=\"/\">To the start"
                                + " page</a></p></section>",
                        refusal.sentence());
                return answer(refusal.status(), frame("That did not work", Optional.empty(), "", main), List.of());
            }
        };
    }
}
