package dev.countersign.client;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ErrorResponse;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

/**
 * How an MCP client gets in: discovery from the 401 on, registration, authorization code with PKCE, refresh. MCP 2026-07-28,
 * authorization; RFC 9728, 8414, 7591, 7636, 8707, 9207.
 */
public final class OAuthLogin {
    private final URI mcp;
    private final URI redirect;
    private final AuthorizationServerMetadata server;
    private final ClientID client;
    private final List<String> scopes;

    /** What the token endpoint gave. */
    public record Tokens(String accessToken, String refreshToken, Set<String> scopes) {
        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    /** An authorization under way: where the person goes, and what the client keeps meanwhile. */
    public record Started(URI url, State state, CodeVerifier verifier) {}

    /** The authorization server refused. */
    static final class RefusedException extends ClientException {
        private static final long serialVersionUID = 1;

        private final String code;

        /** @param code of RFC 6749 section 5.2, or of the other endpoints' specifications */
        RefusedException(String sentence, String code) {
            super(sentence + ": " + code);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    private OAuthLogin(
            URI mcp, URI redirect, AuthorizationServerMetadata server, ClientID client, List<String> scopes) {
        this.mcp = mcp;
        this.redirect = redirect;
        this.server = server;
        this.client = client;
        this.scopes = List.copyOf(scopes);
    }

    /** Finds the authorization server of an MCP address and registers there as a public client. */
    public static OAuthLogin discover(URI mcp, String clientName, URI redirect) {
        try (var http = HttpClient.newHttpClient()) {
            return register(mcp, Discovery.of(http, mcp, challenge(http, mcp)), clientName, redirect);
        }
    }

    /** Registers as a public client. */
    static OAuthLogin register(URI mcp, Discovery found, String clientName, URI redirect) {
        try {
            return new OAuthLogin(
                    mcp, redirect, found.server(), register(found.server(), clientName, redirect), found.scopes());
        } catch (ParseException e) {
            throw new ClientException("the answer to the registration cannot be read", e);
        }
    }

    /** As the client that is registered already. */
    static OAuthLogin as(String clientId, URI mcp, Discovery found, URI redirect) {
        return new OAuthLogin(mcp, redirect, found.server(), new ClientID(clientId), found.scopes());
    }

    /** The scopes that a challenge asks for, of a 401 or of a 403 that wants more. RFC 6750 section 3. */
    public static List<String> scopes(String challenge) {
        return new Challenge(challenge).scopes();
    }

    String issuer() {
        return server.getIssuer().getValue();
    }

    /** Scopes that the server's challenge asks for. */
    public List<String> challengedScopes() {
        return scopes;
    }

    public String clientId() {
        return client.getValue();
    }

    public Started start(List<String> wanted) {
        var verifier = new CodeVerifier();
        var state = new State();
        var request = new AuthorizationRequest.Builder(ResponseType.CODE, client)
                .endpointURI(server.getAuthorizationEndpointURI())
                .redirectionURI(redirect)
                .scope(wanted.isEmpty() ? null : new Scope(wanted.toArray(String[]::new)))
                .state(state)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .resource(mcp)
                .build();
        return new Started(request.toURI(), state, verifier);
    }

    /** Takes the address that the browser was sent to and exchanges its code. */
    public Tokens finish(Started started, URI arrivedAt) {
        try {
            var response = AuthorizationResponse.parse(arrivedAt);
            if (!started.state().equals(response.getState())) {
                throw new ClientException("the answer carries another state");
            }
            // RFC 9207 section 2.4: before anything else in the answer is believed
            if (response.getIssuer() == null
                    ? server.supportsAuthorizationResponseIssuerParam()
                    : !server.getIssuer().equals(response.getIssuer())) {
                throw new ClientException("the answer names another issuer: " + response.getIssuer());
            }
            if (!response.indicatesSuccess()) {
                throw new RefusedException("not authorized", code(response.toErrorResponse()));
            }
            return exchange(codeGrant(response.toSuccessResponse().getAuthorizationCode(), started.verifier()));
        } catch (ParseException e) {
            throw new ClientException("the authorization answer cannot be read", e);
        }
    }

    /** Takes back a token, and with it all that was allowed. RFC 7009 section 2.1. */
    void revoke(String refreshToken) {
        var endpoint = server.getRevocationEndpointURI();
        if (endpoint == null) {
            throw new ClientException("the authorization server takes no tokens back");
        }
        var request = new TokenRevocationRequest(
                Addresses.require("the revocation endpoint", endpoint.toString()),
                client,
                new RefreshToken(refreshToken));
        int status = send(request.toHTTPRequest()).getStatusCode();
        if (status != 200) {
            throw new ClientException("the revocation endpoint answered " + status);
        }
    }

    public Tokens refresh(String refreshToken) {
        return exchange(new RefreshTokenGrant(new RefreshToken(refreshToken)));
    }

    private AuthorizationGrant codeGrant(AuthorizationCode code, CodeVerifier verifier) {
        return new AuthorizationCodeGrant(code, redirect, verifier);
    }

    private Tokens exchange(AuthorizationGrant grant) {
        var request = new TokenRequest.Builder(server.getTokenEndpointURI(), client, grant)
                .resources(mcp)
                .build();
        try {
            var response = TokenResponse.parse(send(request.toHTTPRequest()));
            if (!response.indicatesSuccess()) {
                throw new RefusedException("the token endpoint refused", code(response.toErrorResponse()));
            }
            var tokens = response.toSuccessResponse().getTokens();
            var scope = tokens.getAccessToken().getScope();
            return new Tokens(
                    tokens.getAccessToken().getValue(),
                    tokens.getRefreshToken() == null
                            ? ""
                            : tokens.getRefreshToken().getValue(),
                    scope == null ? Set.of() : Set.copyOf(scope.toStringList()));
        } catch (ParseException e) {
            throw new ClientException("the token answer cannot be read", e);
        }
    }

    private static ClientID register(AuthorizationServerMetadata server, String name, URI redirect)
            throws ParseException {
        var metadata = new ClientMetadata();
        metadata.setName(name);
        metadata.setRedirectionURI(redirect);
        metadata.setCustomField("application_type", "native");
        metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.NONE);
        metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        var endpoint = server.getRegistrationEndpointURI();
        if (endpoint == null) {
            throw new ClientException("the authorization server lets no clients register themselves");
        }
        var request = new ClientRegistrationRequest(
                Addresses.require("the registration endpoint", endpoint.toString()), metadata, null);
        var response = ClientRegistrationResponse.parse(send(request.toHTTPRequest()));
        if (!response.indicatesSuccess()) {
            throw new RefusedException("registration was refused", code(response.toErrorResponse()));
        }
        return response.toSuccessResponse().getClientInformation().getID();
    }

    private static HTTPResponse send(HTTPRequest request) {
        try {
            request.setConnectTimeout(30_000);
            request.setReadTimeout(120_000);
            request.setFollowRedirects(false); // what is sent is for this server alone
            return request.send();
        } catch (IOException e) {
            throw new ClientException("no answer from " + request.getURI().getAuthority(), e);
        }
    }

    private static String code(ErrorResponse refusal) {
        var error = refusal.getErrorObject();
        return error == null || error.getCode() == null ? "no reason given" : error.getCode();
    }

    private static Challenge challenge(HttpClient http, URI mcp) {
        var probe = HttpRequest.newBuilder(mcp)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"))
                .build();
        try {
            var answer = http.send(probe, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 401) {
                throw new ClientException("expected a 401 without a token, got " + answer.statusCode());
            }
            return Challenge.of(answer);
        } catch (IOException e) {
            throw new ClientException("no answer from " + mcp.getAuthority(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }
}
