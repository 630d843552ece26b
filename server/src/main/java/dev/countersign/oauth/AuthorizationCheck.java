package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.countersign.oauth.OAuthError.Code;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an authorization request must be beyond a client and a redirect URI that belong together. Its errors go back to the client. OAuth
 * 2.1 section 4.1.1, RFC 7636, RFC 8707.
 */
final class AuthorizationCheck {
    private static final int MOST_STATE_CHARACTERS = 2048;

    /** SHA-256 in base64url: 43 characters. RFC 7636 section 4.2. */
    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7E]*");

    /** Asked for by habit; refresh tokens come without it. */
    private static final String OFFLINE_ACCESS = "offline_access";

    private final ResourceCheck resources;
    private final Scopes known;
    private final Set<String> firstScopes;

    AuthorizationCheck(Addresses addresses, Scopes known, Set<String> firstScopes) {
        this.resources = new ResourceCheck(addresses);
        this.known = known;
        this.firstScopes = firstScopes;
    }

    AskedFor check(Map<String, List<String>> parameters, Client client, String redirectUri) {
        Messages.requireSingle(parameters);
        requirePlainState(parameters);
        if (parameters.containsKey("request")) {
            throw new OAuthError(Code.REQUEST_NOT_SUPPORTED, "Request objects are not supported.");
        }
        if (parameters.containsKey("request_uri")) {
            throw new OAuthError(Code.REQUEST_URI_NOT_SUPPORTED, "Request objects are not supported.");
        }
        if (!parameters.getOrDefault("response_type", List.of()).equals(List.of("code"))) {
            throw parameters.containsKey("response_type")
                    ? new OAuthError(Code.UNSUPPORTED_RESPONSE_TYPE, "The only response_type is code.")
                    : new OAuthError(Code.INVALID_REQUEST, "response_type is missing; it is code.");
        }
        var challenge = challenge(parameters);
        resources.check(parameters.getOrDefault("resource", List.of()));
        var scopes = scopes(parse(parameters));
        return new AskedFor(
                client.id(),
                client.name(),
                client.host(),
                client.refreshes(),
                redirectUri,
                scopes,
                parameters.getOrDefault("state", List.of()).stream().findFirst(),
                challenge);
    }

    private static void requirePlainState(Map<String, List<String>> parameters) {
        for (var state : parameters.getOrDefault("state", List.of())) {
            if (state.length() > MOST_STATE_CHARACTERS || !STATE.matcher(state).matches()) {
                throw new OAuthError(Code.INVALID_REQUEST, "state is at most 2048 printable ASCII characters.");
            }
        }
    }

    private static String challenge(Map<String, List<String>> parameters) {
        var challenge = parameters.getOrDefault("code_challenge", List.of());
        var method = parameters.getOrDefault("code_challenge_method", List.of());
        if (challenge.isEmpty() || !method.equals(List.of(CodeChallengeMethod.S256.getValue()))) {
            throw new OAuthError(Code.INVALID_REQUEST, "PKCE is required: code_challenge with method S256.");
        }
        if (!S256_CHALLENGE.matcher(challenge.getFirst()).matches()) {
            throw new OAuthError(Code.INVALID_REQUEST, "code_challenge is 43 characters of base64url.");
        }
        return challenge.getFirst();
    }

    private static AuthorizationRequest parse(Map<String, List<String>> parameters) {
        try {
            var request = AuthorizationRequest.parse(parameters);
            if (!ResponseType.CODE.equals(request.getResponseType())) {
                throw new OAuthError(Code.UNSUPPORTED_RESPONSE_TYPE, "The only response_type is code.");
            }
            if (request.getResponseMode() != null && !ResponseMode.QUERY.equals(request.getResponseMode())) {
                throw new OAuthError(Code.INVALID_REQUEST, "The only response_mode is query.");
            }
            return request;
        } catch (ParseException e) {
            throw new OAuthError(
                    400,
                    Code.INVALID_REQUEST,
                    "The authorization request is malformed.",
                    String.valueOf(e.getMessage()));
        }
    }

    private Set<String> scopes(AuthorizationRequest request) {
        var asked = new LinkedHashSet<String>();
        Optional.ofNullable(request.getScope()).ifPresent(scope -> asked.addAll(scope.toStringList()));
        asked.remove(OFFLINE_ACCESS);
        for (var scope : asked) {
            if (known.of(scope).isEmpty()) {
                throw new OAuthError(Code.INVALID_SCOPE, "A scope is unknown here. See scopes_supported.");
            }
        }
        return asked.isEmpty() ? firstScopes : asked;
    }
}
