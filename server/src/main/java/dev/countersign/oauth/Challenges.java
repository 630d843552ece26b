package dev.countersign.oauth;

import dev.countersign.http.Response;
import dev.countersign.oauth.OAuthError.Code;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Values of {@code WWW-Authenticate} and the answers that carry them. RFC 6750 section 3, RFC 9728 section 5.1, RFC 9470. */
public final class Challenges {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Addresses addresses;
    private final Set<String> firstScopes;

    /**
     * @param firstScopes what a client without a token is told to ask for: the least that is useful
     */
    public Challenges(Addresses addresses, Collection<String> firstScopes) {
        this.addresses = addresses;
        this.firstScopes = Set.copyOf(firstScopes);
    }

    /** The challenge of a 401; without an error when no token was presented. */
    public String unauthorized(Optional<OAuthError> error) {
        var parameters = new LinkedHashMap<String, String>();
        error.filter(e -> e.code() != Code.NO_TOKEN).ifPresent(e -> {
            parameters.put("error", e.code().value());
            parameters.put("error_description", e.sentence());
        });
        parameters.put("resource_metadata", addresses.resourceMetadata());
        if (!firstScopes.isEmpty()) {
            parameters.put("scope", joined(firstScopes));
        }
        return bearer(parameters);
    }

    /** The challenge of a 403: all scopes that the operation needs, in one. */
    public String insufficientScope(Set<String> all) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("error", Code.INSUFFICIENT_SCOPE.value());
        parameters.put("error_description", "This needs the scopes that are named here.");
        parameters.put("resource_metadata", addresses.resourceMetadata());
        parameters.put("scope", joined(all));
        return bearer(parameters);
    }

    /** The challenge of a 401 that asks for a sign-in no older than this. RFC 9470 section 3. */
    public String insufficientAuthentication(Duration maxAge) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("error", Code.INSUFFICIENT_USER_AUTHENTICATION.value());
        parameters.put("error_description", "A more recent sign-in is needed.");
        parameters.put("max_age", Long.toString(maxAge.toSeconds()));
        parameters.put("resource_metadata", addresses.resourceMetadata());
        return bearer(parameters);
    }

    /** The whole answer to a request whose token did not hold: status, challenge and a body with the same error. */
    public Response answer(OAuthError error) {
        return answer(error.status(), unauthorized(Optional.of(error)), error.code(), error.sentence());
    }

    public Response answerInsufficientScope(Set<String> all) {
        return answer(
                403,
                insufficientScope(all),
                Code.INSUFFICIENT_SCOPE,
                "This needs the scopes " + joined(all) + ". Authorize again with them.");
    }

    public Response answerInsufficientAuthentication(Duration maxAge) {
        return answer(
                401,
                insufficientAuthentication(maxAge),
                Code.INSUFFICIENT_USER_AUTHENTICATION,
                "A more recent sign-in is needed.");
    }

    private static Response answer(int status, String challenge, Code code, String sentence) {
        var body = new LinkedHashMap<String, String>();
        if (code != Code.NO_TOKEN) {
            body.put("error", code.value());
        }
        body.put("error_description", sentence);
        return Response.json(status, JSON.writeValueAsString(body))
                .with("WWW-Authenticate", challenge)
                .with("Cache-Control", "no-store");
    }

    private static String joined(Collection<String> scopes) {
        return String.join(" ", new TreeSet<>(scopes));
    }

    private static String bearer(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(p ->
                        p.getKey() + "=\"" + p.getValue().replaceAll("[^\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]", "?") + "\"")
                .collect(Collectors.joining(", ", "Bearer ", ""));
    }
}
