package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.Clients.Client;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A checked authorization request. RFC 6749 section 4.1.1, RFC 7636 section 4.3.
 *
 * @param includeGranted whether what was allowed before is added: incremental authorization
 * @param prompt {@code none}, {@code login} and the like of OpenID Connect Core section 3.1.2.1
 */
record AuthorizationRequest(
        Client client,
        Set<Scope> scopes,
        boolean includeGranted,
        String challenge,
        Optional<String> state,
        Optional<String> loginHint,
        List<String> prompt) {

    /** Long enough for any client's sealed state, short enough for an address. */
    private static final int MAX_STATE_LENGTH = 2048;

    /** A request that is wrong in a way that its client is told by redirect. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Client client;
        private final String error;
        private final transient Optional<String> state;

        Wrong(Client client, String error, Optional<String> state) {
            super(error, null, false, false);
            this.client = client;
            this.error = error;
            this.state = state;
        }

        URI address(String issuer) {
            return AuthorizationRequest.answer(client, "error", error, state, issuer);
        }
    }

    /**
     * Checks client and redirect URI first, which are answered here and never by redirect; the rest fails with
     * {@link Wrong}.
     */
    static AuthorizationRequest check(Incoming request, Clients clients) {
        var client = request.parameter("client_id")
                .flatMap(clients::byId)
                .orElseThrow(() -> Refusal.invalid("The application that sent you here is not known."));
        if (!request.parameter("redirect_uri")
                .equals(Optional.of(client.redirect().toString()))) {
            throw Refusal.invalid("The application wants to send you to an address that it has not registered.");
        }
        var states = request.query().getValuesOrEmpty("state");
        if (states.size() > 1 || states.stream().anyMatch(state -> state.length() > MAX_STATE_LENGTH)) {
            throw new Wrong(client, "invalid_request", Optional.empty());
        }
        var state = states.stream().findFirst();
        try {
            return checked(request, client, state);
        } catch (Refusal refusal) {
            throw new Wrong(client, refusal.code(), state);
        }
    }

    private static AuthorizationRequest checked(Incoming request, Client client, Optional<String> state) {
        if (!request.parameter("response_type").equals(Optional.of("code"))) {
            throw new Refusal(400, "unsupported_response_type", "response_type must be code");
        }
        var challenge = request.parameter("code_challenge").orElse("");
        var method = request.parameter("code_challenge_method").orElse("");
        if (!method.equals("S256") || !challenge.matches("[A-Za-z0-9_-]{43}")) {
            throw Refusal.invalid("PKCE with S256 is needed");
        }
        var scopes = Scope.parse(request.parameter("scope").orElse(""));
        if (scopes.isEmpty()) {
            throw new Refusal(400, "invalid_scope", "scope is empty");
        }
        return new AuthorizationRequest(
                client,
                scopes,
                request.parameter("include_granted_scopes").equals(Optional.of("true")),
                challenge,
                state,
                request.parameter("login_hint"),
                List.of(request.parameter("prompt").orElse("").split(" ")));
    }

    /** Where the browser goes with the code. */
    URI granted(String code, String issuer) {
        return answer(client, "code", code, state, issuer);
    }

    URI refused(String error, String issuer) {
        return answer(client, "error", error, state, issuer);
    }

    /** {@code iss} stands in every answer, RFC 9207 section 2; {@code state} as it came. */
    private static URI answer(Client client, String name, String value, Optional<String> state, String issuer) {
        var redirect = client.redirect().toString();
        return URI.create(redirect + (redirect.contains("?") ? "&" : "?") + name + "=" + encoded(value)
                + state.map(text -> "&state=" + encoded(text)).orElse("") + "&iss=" + encoded(issuer));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
