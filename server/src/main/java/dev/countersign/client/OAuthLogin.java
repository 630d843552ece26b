package dev.countersign.client;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
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
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an MCP client gets in: discovery from the 401 on, registration, authorization code with PKCE, refresh. MCP 2026-07-28,
 * authorization; RFC 9728, 8414, 7591, 7636, 8707, 9207.
 */
public final class OAuthLogin {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern METADATA = Pattern.compile("resource_metadata=\"([^\"]+)\"");
    private static final Pattern SCOPE = Pattern.compile("[ ,]scope=\"([^\"]*)\"");

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
            var challenge = challenge(http, mcp);
            var metadata = group(METADATA, challenge, "the challenge names no resource_metadata: " + challenge);
            var resource = json(http, URI.create(metadata));
            if (!resource.path("resource").asString().equals(mcp.toString())) {
                throw new ClientException("the metadata is of another resource: " + resource.path("resource"));
            }
            var issuer = resource.path("authorization_servers").path(0).asString();
            var server = AuthorizationServerMetadata.parse(
                    json(http, URI.create(issuer + "/.well-known/oauth-authorization-server"))
                            .toString());
            if (!server.getIssuer().getValue().equals(issuer)) {
                throw new ClientException("the metadata is of another issuer: " + server.getIssuer());
            }
            var client = register(server, clientName, redirect);
            return new OAuthLogin(mcp, redirect, server, client, scopes(challenge));
        } catch (ParseException e) {
            throw new ClientException("the server's OAuth metadata cannot be read: " + e.getMessage(), e);
        }
    }

    /** The scopes that a challenge asks for, of a 401 or of a 403 that wants more. RFC 6750 section 3. */
    public static List<String> scopes(String challenge) {
        var scope = SCOPE.matcher(challenge);
        return scope.find() ? List.of(scope.group(1).split(" ")) : List.of();
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
                .scope(new Scope(wanted.toArray(String[]::new)))
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
            if (!server.getIssuer().equals(response.getIssuer())) {
                throw new ClientException("the answer names another issuer: " + response.getIssuer());
            }
            if (!response.indicatesSuccess()) {
                throw new ClientException("not authorized: "
                        + response.toErrorResponse().getErrorObject().getCode());
            }
            return exchange(codeGrant(response.toSuccessResponse().getAuthorizationCode(), started.verifier()));
        } catch (ParseException e) {
            throw new ClientException("the authorization answer cannot be read: " + e.getMessage(), e);
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
                throw new ClientException("the token endpoint refused: "
                        + response.toErrorResponse().getErrorObject().getCode());
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
            throw new ClientException("the token answer cannot be read: " + e.getMessage(), e);
        }
    }

    private static ClientID register(AuthorizationServerMetadata server, String name, URI redirect)
            throws ParseException {
        var metadata = new ClientMetadata();
        metadata.setName(name);
        metadata.setRedirectionURI(redirect);
        metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.NONE);
        metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        var request = new ClientRegistrationRequest(server.getRegistrationEndpointURI(), metadata, null);
        var response = ClientRegistrationResponse.parse(send(request.toHTTPRequest()));
        if (!response.indicatesSuccess()) {
            throw new ClientException("registration was refused: "
                    + response.toErrorResponse().getErrorObject().getCode());
        }
        return response.toSuccessResponse().getClientInformation().getID();
    }

    private static HTTPResponse send(HTTPRequest request) {
        try {
            request.setConnectTimeout(30_000);
            request.setReadTimeout(120_000);
            return request.send();
        } catch (IOException e) {
            throw new ClientException("no answer from " + request.getURI().getAuthority(), e);
        }
    }

    private static String challenge(HttpClient http, URI mcp) {
        var probe = HttpRequest.newBuilder(mcp)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"))
                .build();
        var answer = send(http, probe);
        if (answer.statusCode() != 401) {
            throw new ClientException("expected a 401 without a token, got " + answer.statusCode());
        }
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private static JsonNode json(HttpClient http, URI url) {
        var answer = send(http, HttpRequest.newBuilder(url).GET().build());
        if (answer.statusCode() != 200) {
            throw new ClientException(url + " answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ClientException("no answer from " + request.uri().getAuthority(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }

    private static String group(Pattern pattern, String text, String otherwise) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new ClientException(otherwise);
        }
        return matcher.group(1);
    }
}
