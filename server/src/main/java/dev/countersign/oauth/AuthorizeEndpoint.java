package dev.countersign.oauth;

import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.BrowserSessions;
import dev.countersign.oauth.OAuthError.Code;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a client sends a person for access. A client or redirect URI that is not known is told to the person, never by a redirect;
 * everything else goes back to the client, once the person has signed in. OAuth 2.1 section 4.1.1.
 */
public final class AuthorizeEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizeEndpoint.class);

    /** Marks that a request came back from a sign-in that it had asked for; a sign-in before it is too old. */
    private static final String SIGNED_IN_AFTER = "signed_in_after";

    private static final String SIGNED_OUT = "Nobody is signed in here. Sign in, then start again from the program.";

    private final BrowserSessions sessions;
    private final Clients clients;
    private final AuthorizationCheck check;
    private final Consents consents;
    private final AuthorizationCodes codes;
    private final AuthorizationResponses responses;
    private final ConsentPage page;
    private final ErrorPage errorPage;
    private final Clock clock;

    AuthorizeEndpoint(
            BrowserSessions sessions,
            Clients clients,
            AuthorizationCheck check,
            Consents consents,
            AuthorizationCodes codes,
            AuthorizationResponses responses,
            ConsentPage page,
            ErrorPage errorPage,
            Clock clock) {
        this.sessions = sessions;
        this.clients = clients;
        this.check = check;
        this.consents = consents;
        this.codes = codes;
        this.responses = responses;
        this.page = page;
        this.errorPage = errorPage;
        this.clock = clock;
    }

    /** Ends a request with a page, since there is nobody who may be redirected to. */
    private static final class Unredirectable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unredirectable(String sentence) {
            super(sentence);
        }
    }

    @Override
    public Response answer(Request request) {
        try {
            return answer(request, request.query());
        } catch (Unredirectable e) {
            return errorPage.show(request, 400, String.valueOf(e.getMessage())).with("Cache-Control", "no-store");
        }
    }

    private Response answer(Request request, Map<String, List<String>> parameters) {
        var clientId = only(parameters, "client_id")
                .orElseThrow(() -> new Unredirectable("The request names no client (client_id)."));
        var requestedUri = only(parameters, "redirect_uri");
        var session = sessions.of(request);
        var prompts = prompts(parameters);
        if (session.isEmpty() && !prompts.contains("none")) {
            return signIn(path(parameters));
        }
        if (session.isEmpty() && !consents.mayFetch(clientId, requestedUri)) {
            throw new Unredirectable(SIGNED_OUT);
        }
        var client = client(clientId);
        var redirectUri = redirectUri(client, requestedUri);
        if (session.isEmpty()) {
            return silentlySignedOut(parameters, client, redirectUri);
        }
        return signedIn(request, session.get(), parameters, client, redirectUri);
    }

    private Response signedIn(
            Request request,
            BrowserSession session,
            Map<String, List<String>> parameters,
            Client client,
            String redirectUri) {
        var prompts = prompts(parameters);
        try {
            var asked = check.check(parameters, client, redirectUri);
            if (needsFreshSignIn(parameters, prompts, session)) {
                return freshSignIn(parameters, prompts);
            }
            return consent(request, session, asked, client, prompts);
        } catch (OAuthError e) {
            LOG.info(
                    "authorization refused client={} user={} because={}",
                    client.id(),
                    session.person().id(),
                    e.getMessage());
            return responses.error(redirectUri, state(parameters), e);
        }
    }

    private Response consent(
            Request request, BrowserSession session, AskedFor asked, Client client, Set<String> prompts) {
        if (!prompts.contains("consent") && consents.given(session.person().id(), asked)) {
            return responses.code(asked, codes.issue(asked, session.person().id(), session.signedInAt()));
        }
        if (prompts.contains("none")) {
            throw new OAuthError(Code.CONSENT_REQUIRED, "The person must be asked.");
        }
        return page.ask(request, session, consents.question(session, asked, client))
                .with("Cache-Control", "no-store");
    }

    /** Without a sign-in only a redirect URI that somebody here trusts is redirected to. RFC 9700 section 4.11.2. */
    private Response silentlySignedOut(Map<String, List<String>> parameters, Client client, String redirectUri) {
        if (!consents.redirectable(client, redirectUri)) {
            throw new Unredirectable(SIGNED_OUT);
        }
        return responses.error(
                redirectUri, state(parameters), new OAuthError(Code.LOGIN_REQUIRED, "Nobody is signed in."));
    }

    private Client client(String clientId) {
        try {
            return clients.find(clientId)
                    .orElseThrow(() -> new Unredirectable(
                            "This client is not known here. Remove its registration in the program and connect"
                                    + " again."));
        } catch (OAuthError e) {
            LOG.info("client refused client={} because={}", clientId, e.detail());
            throw new Unredirectable(e.sentence());
        }
    }

    private static String redirectUri(Client client, Optional<String> requested) {
        if (requested.isEmpty() && client.redirectUris().size() == 1) {
            return client.redirectUris().getFirst();
        }
        return requested
                .filter(uri -> RedirectUris.registered(client.redirectUris(), uri))
                .orElseThrow(() -> new Unredirectable(
                        "The address to return to (redirect_uri) is not one that this client has registered."));
    }

    private boolean needsFreshSignIn(
            Map<String, List<String>> parameters, Set<String> prompts, BrowserSession session) {
        var after = number(parameters, SIGNED_IN_AFTER).map(Instant::ofEpochSecond);
        if (after.isPresent()) {
            return session.signedInAt().isBefore(after.get());
        }
        var maxAge = number(parameters, "max_age");
        return prompts.contains("login")
                || (maxAge.isPresent()
                        && session.signedInAt().plusSeconds(maxAge.get()).isBefore(clock.instant()));
    }

    /** Leads to a sign-in and back here, where the session must be newer than this moment. RFC 9470 section 5. */
    private Response freshSignIn(Map<String, List<String>> parameters, Set<String> prompts) {
        if (prompts.contains("none")) {
            throw new OAuthError(Code.LOGIN_REQUIRED, "A more recent sign-in is needed.");
        }
        if (parameters.containsKey(SIGNED_IN_AFTER)) {
            throw new Unredirectable("This needs a new sign-in. Sign out, then start again from the program.");
        }
        var next =
                path(parameters) + "&" + SIGNED_IN_AFTER + "=" + clock.instant().getEpochSecond();
        return Response.seeOther("/sign-in?again=true&next=" + encoded(next)).with("Cache-Control", "no-store");
    }

    private static Response signIn(String next) {
        return Response.seeOther("/sign-in?next=" + encoded(next)).with("Cache-Control", "no-store");
    }

    /** This request as a path of ours, every value encoded anew. */
    private static String path(Map<String, List<String>> parameters) {
        var query = new ArrayList<String>();
        parameters.forEach((name, values) -> values.forEach(value -> query.add(encoded(name) + "=" + encoded(value))));
        return "/authorize?" + String.join("&", query);
    }

    private static Set<String> prompts(Map<String, List<String>> parameters) {
        return Scopes.split(String.join(" ", parameters.getOrDefault("prompt", List.of())));
    }

    private static Optional<Long> number(Map<String, List<String>> parameters, String name) {
        var values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1 || !values.getFirst().matches("\\d{1,10}")) {
            throw new OAuthError(Code.INVALID_REQUEST, name + " is a number of seconds.");
        }
        return Optional.of(Long.parseLong(values.getFirst()));
    }

    private static Optional<String> state(Map<String, List<String>> parameters) {
        var values = parameters.getOrDefault("state", List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static Optional<String> only(Map<String, List<String>> parameters, String name) {
        var values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new Unredirectable("The request names " + name + " more than once.");
        }
        return values.stream().findFirst();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
