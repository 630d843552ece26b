package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.AuthorizationRequest.Wrong;
import dev.countersign.connector.sandbox.People.Person;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The authorization endpoint and its consent page. RFC 6749 section 3.1. */
final class AuthorizeEndpoint {
    private final Clients clients;
    private final Grants grants;
    private final Browser browser;
    private final String issuer;

    AuthorizeEndpoint(Clients clients, Grants grants, Browser browser, String issuer) {
        this.clients = clients;
        this.grants = grants;
        this.browser = browser;
        this.issuer = issuer;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/authorize", Pages.forPeople(this::ask)),
                Route.post("/authorize", Pages.forPeople(this::decide)));
    }

    private Answer ask(Incoming http) {
        AuthorizationRequest request;
        try {
            request = AuthorizationRequest.check(http, clients);
        } catch (Wrong wrong) {
            return Answer.seeOther(wrong.address(issuer));
        }
        var person = browser.person(http);
        if (request.prompt().contains("none")) {
            // every grant is asked about here, so nothing can be given in silence
            return Answer.seeOther(request.refused(person.isEmpty() ? "login_required" : "consent_required", issuer));
        }
        if (person.isEmpty()) {
            return Answer.seeOther(SignInPages.address("/authorize?" + http.rawQuery(), request.loginHint()));
        }
        return browser.page(http, token -> consentPage(http.rawQuery(), request, person.get(), token));
    }

    /** Takes the person's decision. The request comes back with the form and is checked as if it were new. */
    private Answer decide(Incoming http) {
        var form = http.form();
        browser.check(http, form);
        var rawQuery = form.one("request").orElse("");
        AuthorizationRequest request;
        try {
            request = AuthorizationRequest.check(asked(http, rawQuery), clients);
        } catch (Wrong wrong) {
            return Answer.seeOther(wrong.address(issuer));
        }
        var person = browser.person(http);
        if (person.isEmpty()) {
            return Answer.seeOther(SignInPages.address("/authorize?" + rawQuery, request.loginHint()));
        }
        return switch (form.one("decision").orElse("")) {
            case "allow" -> Answer.seeOther(allow(request, person.get(), form));
            case "deny" -> Answer.seeOther(request.refused("access_denied", issuer));
            case "switch" ->
                browser.signOut(http, Answer.seeOther(SignInPages.address("/authorize?" + rawQuery, Optional.empty())));
            default -> throw Refusal.invalid("Choose Allow or Deny.");
        };
    }

    private static Incoming asked(Incoming http, String rawQuery) {
        return new Incoming(
                http.method(),
                http.path(),
                rawQuery,
                Incoming.decode(rawQuery),
                http.headers(),
                http.cookies(),
                http.body(),
                http.remoteAddress(),
                http.values());
    }

    private URI allow(AuthorizationRequest request, Person person, Incoming.Form form) {
        if (!form.one("person").equals(Optional.of(person.id()))) {
            throw Refusal.forbidden(
                    "You signed in as somebody else meanwhile. Go back, load the page again, and repeat.");
        }
        var ticked = EnumSet.noneOf(Scope.class);
        offered(request, person).stream()
                .filter(scope -> scope == Scope.PROFILE || form.all("scope").contains(scope.word()))
                .forEach(ticked::add);
        if (ticked.isEmpty()) {
            return request.refused("access_denied", issuer);
        }
        var code = grants.consent(
                request.client().id(), person.id(), ticked, request.client().redirect(), request.challenge());
        return request.granted(code, issuer);
    }

    private Set<Scope> offered(AuthorizationRequest request, Person person) {
        var offered = EnumSet.copyOf(request.scopes());
        if (request.includeGranted()) {
            offered.addAll(grants.granted(request.client().id(), person.id()));
        }
        return offered;
    }

    private Answer consentPage(String rawQuery, AuthorizationRequest request, Person person, String token) {
        var before = grants.granted(request.client().id(), person.id());
        var scopes = offered(request, person).stream()
                .map(scope -> row(scope, before.contains(scope)))
                .toList();
        var main = Html.of(
                """
                <section class="card">
                <h1>{} asks for your consent</h1>
                <p>It wants to use the sandbox account</p>
                <p class="who"><strong>{}</strong><br>{}</p>
                <form method="post" action="/authorize">
                <input type="hidden" name="form" value="{}">
                <input type="hidden" name="request" value="{}">
                <input type="hidden" name="person" value="{}">
                <fieldset>
                <legend>It may</legend>
                {}
                </fieldset>
                <p class="hint">Untick what you do not want to allow. You will be sent back to <code>{}</code>.</p>
                <div class="row">
                <button name="decision" value="allow">Allow</button>
                <button name="decision" value="deny" class="second">Deny</button>
                </div>
                <button name="decision" value="switch" class="quiet">Use another account</button>
                </form>
                </section>
                """,
                request.client().name(),
                person.name(),
                person.address(),
                token,
                rawQuery,
                person.id(),
                scopes,
                request.client().redirect().getRawAuthority());
        return Pages.answer(
                200,
                Pages.frame("Consent", Optional.of(person), token, main),
                List.of(request.client().redirect()));
    }

    private static Html row(Scope scope, boolean allowedBefore) {
        var note = allowedBefore ? Html.of(" <small>allowed before</small>") : Html.NONE;
        if (scope == Scope.PROFILE) {
            return Html.of(
                    "<label class=\"tick\"><input type=\"checkbox\" checked disabled><span>{}{}</span></label>",
                    scope.sentence(),
                    note);
        }
        return Html.of(
                "<label class=\"tick\"><input type=\"checkbox\" name=\"scope\" value=\"{}\""
                        + " checked><span>{}{}</span></label>",
                scope.word(),
                scope.sentence(),
                note);
    }
}
