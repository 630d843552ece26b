package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import dev.countersign.http.Endpoint;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.vault.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges codes and refresh tokens for access tokens. OAuth 2.1 section 3.2. */
public final class TokenEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

    private final Addresses addresses;
    private final ClientAuthenticationCheck clients;
    private final ResourceCheck resources;
    private final AuthorizationCodes codes;
    private final RefreshTokens refreshTokens;
    private final AccessTokenFormat accessTokens;

    TokenEndpoint(
            Addresses addresses,
            ClientAuthenticationCheck clients,
            AuthorizationCodes codes,
            RefreshTokens refreshTokens,
            AccessTokenFormat accessTokens) {
        this.addresses = addresses;
        this.clients = clients;
        this.resources = new ResourceCheck(addresses);
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
    }

    @Override
    public Response answer(Request request) {
        try {
            return exchange(request);
        } catch (OAuthError e) {
            LOG.info("token refused because={}", e.getMessage());
            return challenged(request, Messages.error(e), e);
        } catch (ParseException e) {
            LOG.info("token refused because=malformed");
            return Messages.error(new OAuthError(Code.INVALID_REQUEST, "The token request is malformed."));
        }
    }

    private Response exchange(Request request) throws ParseException {
        var message = Messages.form(request, addresses);
        var parameters = message.getBodyAsFormParameters();
        Messages.requireSingle(parameters);
        requireKnownGrantType(parameters);
        var clientId = clients.check(message, parameters);
        // before the code or refresh token is touched, so that a mistake here costs nothing
        resources.check(parameters.getOrDefault("resource", List.of()));
        var parsed = parse(message);
        return switch (parsed.getAuthorizationGrant()) {
            case AuthorizationCodeGrant grant -> exchange(clientId, grant, parameters);
            case RefreshTokenGrant grant -> refresh(clientId, grant, parsed);
            default -> throw new OAuthError(Code.UNSUPPORTED_GRANT_TYPE, SUPPORTED);
        };
    }

    private Response exchange(String clientId, AuthorizationCodeGrant grant, Map<String, List<String>> parameters) {
        var redeemed = codes.redeem(
                clientId,
                Secret.of(grant.getAuthorizationCode().getValue()),
                parameters.getOrDefault("redirect_uri", List.of()).stream().findFirst(),
                grant.getCodeVerifier());
        return tokens(redeemed.grant(), redeemed.grant().scopes(), redeemed.refreshToken());
    }

    /** RFC 6749 section 6: the access token may get fewer scopes than the grant, never more. */
    private Response refresh(String clientId, RefreshTokenGrant grant, TokenRequest request) {
        var token = Secret.of(grant.getRefreshToken().getValue());
        Set<String> asked = request.getScope() == null
                ? Set.of()
                : Set.copyOf(request.getScope().toStringList());
        var rotated = refreshTokens.rotate(clientId, token, asked);
        return tokens(rotated.grant(), asked.isEmpty() ? rotated.grant().scopes() : asked, Optional.of(rotated.next()));
    }

    private Response tokens(Grant grant, Set<String> scopes, Optional<Secret> refreshToken) {
        var accessToken = new BearerAccessToken(
                accessTokens.issue(grant, scopes).reveal(Secret.Purpose.ISSUE),
                AccessTokenFormat.LIFETIME.toSeconds(),
                Scope.parse(Scopes.joined(scopes)));
        var next = refreshToken
                .map(token -> new RefreshToken(token.reveal(Secret.Purpose.ISSUE)))
                .orElse(null);
        LOG.info("token issued user={} client={} grant={}", grant.userId(), grant.clientId(), grant.id());
        return Messages.response(new AccessTokenResponse(new Tokens(accessToken, next)).toHTTPResponse());
    }

    private static TokenRequest parse(HTTPRequest message) throws ParseException {
        try {
            return TokenRequest.parse(message);
        } catch (IllegalArgumentException e) {
            throw new ParseException(e.getMessage(), e);
        }
    }

    private static void requireKnownGrantType(Map<String, List<String>> parameters) {
        var type = parameters.getOrDefault("grant_type", List.of()).stream()
                .findFirst()
                .orElseThrow(() -> new OAuthError(Code.INVALID_REQUEST, "grant_type is missing."));
        if (!type.equals(GrantType.AUTHORIZATION_CODE.getValue()) && !type.equals(GrantType.REFRESH_TOKEN.getValue())) {
            throw new OAuthError(Code.UNSUPPORTED_GRANT_TYPE, SUPPORTED);
        }
    }

    private static final String SUPPORTED = "The grant types here are authorization_code and refresh_token.";

    /** RFC 6749 section 5.2: who tried the header is told the scheme. */
    static Response challenged(Request request, Response response, OAuthError error) {
        return error.code() == Code.INVALID_CLIENT
                        && request.header("Authorization").isPresent()
                ? response.with("WWW-Authenticate", "Basic realm=\"countersign\"")
                : response;
    }
}
