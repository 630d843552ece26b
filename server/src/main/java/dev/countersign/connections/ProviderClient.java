package dev.countersign.connections;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.exceptions.OAuthException;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.OAuth20Service;
import com.github.scribejava.core.pkce.PKCE;
import com.github.scribejava.core.pkce.PKCECodeChallengeMethod;
import com.github.scribejava.core.revoke.TokenTypeHint;
import dev.countersign.connections.TokenEndpointException.Kind;
import dev.countersign.connector.Revocation;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * OAuth 2.0 with one provider as its client, through scribejava: the authorization request with PKCE, and what is asked of
 * the token and revocation endpoints. scribejava's exceptions carry the provider's answer, tokens included, so none leaves
 * this class.
 */
final class ProviderClient {
    /** Shorter than the lease under which a refresh is made. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final int MOST_BYTES = 256 * 1024;

    /**
     * RFC 6749 section 5.2, and what GitHub says instead; and what says that the person has to sign in again, OpenID Connect
     * Core section 3.1.2.6.
     */
    private static final Set<String> GRANT_IS_OVER = Set.of(
            "invalid_grant",
            "bad_refresh_token",
            "bad_verification_code",
            "interaction_required",
            "login_required",
            "consent_required");

    private final LinkableProvider linkable;
    private final Transport transport;
    private final Service service;

    ProviderClient(LinkableProvider linkable, String callback, Transport transport) {
        this.linkable = linkable;
        this.transport = transport;
        this.service = new Service(new Endpoints(), linkable, callback);
    }

    /** Where the browser goes to ask. RFC 6749 section 4.1.1, RFC 7636 section 4.3. */
    URI authorizationUrl(Secret state, Secret verifier, Set<String> providerScopes) {
        return authorizationUrl(state, verifier, providerScopes, Map.of());
    }

    /** @param further parameters, over those that the provider always has */
    URI authorizationUrl(Secret state, Secret verifier, Set<String> providerScopes, Map<String, String> further) {
        var parameters = new LinkedHashMap<>(linkable.oauth().provider().authorizeParameters());
        parameters.putAll(further);
        var pkce = new PKCE();
        pkce.setCodeVerifier(verifier.reveal(Secret.Purpose.UPSTREAM));
        pkce.setCodeChallengeMethod(PKCECodeChallengeMethod.S256);
        pkce.setCodeChallenge(challenge(verifier));
        return URI.create(service.createAuthorizationUrlBuilder()
                .state(state.reveal(Secret.Purpose.UPSTREAM))
                .scope(String.join(" ", providerScopes))
                .pkce(pkce)
                .additionalParams(parameters)
                .build());
    }

    /** RFC 6749 section 4.1.3. Fails with {@link TokenEndpointException}. */
    TokenAnswer exchange(Secret code, Secret verifier) {
        var parameters = AccessTokenRequestParams.create(code.reveal(Secret.Purpose.UPSTREAM))
                .pkceCodeVerifier(verifier.reveal(Secret.Purpose.UPSTREAM));
        return answer(() -> service.getAccessToken(parameters));
    }

    /** RFC 6749 section 6. Fails with {@link TokenEndpointException}. */
    TokenAnswer refresh(Secret refreshToken) {
        return answer(() -> service.refreshAccessToken(refreshToken.reveal(Secret.Purpose.UPSTREAM)));
    }

    /**
     * Ends what the token was given out for. Fails with {@link TokenEndpointException} unless the provider confirms, and with
     * {@code INVALID_GRANT} when it does not know the token.
     */
    void revoke(Secret token) {
        switch (linkable.revocation().orElseThrow(() -> new TokenEndpointException(Kind.REFUSED, "no revocation"))) {
            case Revocation.OfToken ignored -> revokeToken(token);
            case Revocation.OfGrant grant ->
                deleteGrant(grant.of(linkable.oauth().clientId()), token);
        }
    }

    /** RFC 7009 section 2.1. */
    private void revokeToken(Secret token) {
        var answer = send(service.revocation(token.reveal(Secret.Purpose.UPSTREAM)));
        if (answer.statusCode() != 200) {
            throw problem(answer);
        }
    }

    private record Deleted(@JsonProperty("access_token") String accessToken) {}

    private void deleteGrant(URI grant, Secret accessToken) {
        var body = RecordJson.UPSTREAM.bytes(new Deleted(accessToken.reveal(Secret.Purpose.UPSTREAM)));
        var answer = send(HttpRequest.newBuilder(grant)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("Authorization", basic())
                .method("DELETE", HttpRequest.BodyPublishers.ofByteArray(body)));
        switch (answer.statusCode()) {
            case 204 -> {}
            // the token is over or not of this client: asking again with it is of no use
            case 404, 422 -> throw new TokenEndpointException(Kind.INVALID_GRANT, "status " + answer.statusCode());
            default -> throw problem(answer);
        }
    }

    /** RFC 7617. */
    private String basic() {
        var oauth = linkable.oauth();
        var both = oauth.clientId() + ":" + oauth.clientSecret().reveal(Secret.Purpose.UPSTREAM);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private interface Asked {
        OAuth2AccessToken get() throws Exception;
    }

    private TokenAnswer answer(Asked asked) {
        try {
            var token = asked.get();
            return new TokenAnswer(
                    Secret.of(token.getAccessToken()),
                    Optional.ofNullable(token.getRefreshToken())
                            .filter(text -> !text.isBlank())
                            .map(Secret::of),
                    Optional.ofNullable(token.getExpiresIn())
                            .filter(seconds -> seconds > 0)
                            .map(Duration::ofSeconds),
                    Optional.ofNullable(token.getScope()));
        } catch (TokenEndpointException e) {
            throw e;
        } catch (Exception e) {
            throw new TokenEndpointException(
                    Kind.UNCERTAIN,
                    "the token endpoint's answer could not be read: "
                            + e.getClass().getSimpleName());
        }
    }

    private HttpResponse<byte[]> send(OAuthRequest request) {
        var http = HttpRequest.newBuilder(URI.create(request.getCompleteUrl()))
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.getByteArrayPayload()));
        request.getHeaders().forEach(http::setHeader);
        return send(http);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder http) {
        try {
            return transport.send(http, MOST_TIME, MOST_BYTES);
        } catch (Transport.Failed e) {
            throw new TokenEndpointException(e.sent() ? Kind.UNCERTAIN : Kind.NOT_SENT, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenEndpointException(Kind.UNCERTAIN, "interrupted");
        }
    }

    private record ErrorAnswer(Optional<String> error) {}

    /** Some answer errors with 200. */
    private static Optional<String> error(HttpResponse<byte[]> answer) {
        try {
            return RecordJson.UPSTREAM.read(answer.body(), ErrorAnswer.class).error();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static TokenEndpointException problem(HttpResponse<byte[]> answer) {
        var error = error(answer).filter(code -> code.matches("[a-z_]{1,40}")).orElse("");
        var kind = switch (answer.statusCode()) {
            case 429 -> Kind.LATER;
            case 200, 400, 401, 403 -> GRANT_IS_OVER.contains(error) ? Kind.INVALID_GRANT : Kind.REFUSED;
            default -> answer.statusCode() < 500 ? Kind.REFUSED : Kind.UNCERTAIN;
        };
        return new TokenEndpointException(kind, "status " + answer.statusCode() + " " + error, error);
    }

    private static String challenge(Secret verifier) {
        try {
            var ascii = verifier.reveal(Secret.Purpose.UPSTREAM).getBytes(StandardCharsets.US_ASCII);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Endpoints extends DefaultApi20 {
        @Override
        public String getAccessTokenEndpoint() {
            return linkable.oauth().provider().token().toString();
        }

        @Override
        protected String getAuthorizationBaseUrl() {
            return linkable.oauth().provider().authorize().toString();
        }

        @Override
        public String getRevokeTokenEndpoint() {
            return linkable.revocation()
                    .filter(Revocation.OfToken.class::isInstance)
                    .map(Revocation.OfToken.class::cast)
                    .orElseThrow(() -> new TokenEndpointException(Kind.REFUSED, "no revocation endpoint"))
                    .endpoint()
                    .toString();
        }
    }

    /** scribejava's service over our own transport, which bounds time and size and knows what was sent. */
    private final class Service extends OAuth20Service {
        private static final @Nullable String NONE = null;

        Service(Endpoints endpoints, LinkableProvider linkable, String callback) {
            super(
                    endpoints,
                    linkable.oauth().clientId(),
                    linkable.oauth().clientSecret().reveal(Secret.Purpose.UPSTREAM),
                    callback,
                    NONE,
                    "code",
                    null,
                    NONE,
                    null,
                    null);
        }

        @Override
        protected OAuth2AccessToken sendAccessTokenRequestSync(OAuthRequest request) {
            var answer = send(request);
            if (answer.statusCode() != 200 || error(answer).isPresent()) {
                throw problem(answer);
            }
            var body = new String(answer.body(), StandardCharsets.UTF_8);
            try (var response = new Response(200, "OK", Map.of(), body)) {
                return getApi().getAccessTokenExtractor().extract(response);
            } catch (java.io.IOException | OAuthException | IllegalArgumentException e) {
                throw new TokenEndpointException(Kind.UNCERTAIN, "the token endpoint's answer could not be read");
            }
        }

        OAuthRequest revocation(String token) {
            return createRevokeTokenRequest(token, TokenTypeHint.REFRESH_TOKEN);
        }
    }
}
