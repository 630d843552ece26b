package dev.countersign.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Where the tokens of an MCP server come from. MCP 2026-07-28, authorization server discovery; RFC 9728, RFC 8414.
 *
 * @param scopes what to begin with: those that the server challenged for, else those that it has
 */
record Discovery(AuthorizationServerMetadata server, List<String> scopes) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    Discovery {
        scopes = List.copyOf(scopes);
    }

    /** Goes from the challenge of a server to the metadata of its authorization server. */
    static Discovery of(HttpClient http, URI mcp, Challenge challenge) {
        var resource = resourceMetadata(http, mcp, challenge);
        if (!resource.path("resource").asString("").equals(mcp.toString())) {
            throw new ClientException("the server says that its address is "
                    + resource.path("resource").asString("") + ", and not " + mcp + ": use the address that it says");
        }
        var issuer = resource.path("authorization_servers").path(0).asString("");
        var scopes = challenge.scopes().isEmpty()
                ? resource.path("scopes_supported")
                        .valueStream()
                        .map(each -> each.asString(""))
                        .toList()
                : challenge.scopes();
        return new Discovery(authorizationServer(http, issuer), scopes);
    }

    /** The metadata of an authorization server that is known already. */
    static Discovery ofIssuer(HttpClient http, String issuer) {
        return new Discovery(authorizationServer(http, issuer), List.of());
    }

    private static JsonNode resourceMetadata(HttpClient http, URI mcp, Challenge challenge) {
        if (challenge.metadata().isPresent()) {
            var url = challenge.metadata().get();
            return json(http, url).orElseThrow(() -> new ClientException("there is no resource metadata at " + url));
        }
        var origin = mcp.getScheme() + "://" + mcp.getRawAuthority() + "/.well-known/oauth-protected-resource";
        return Stream.of(origin + mcp.getRawPath(), origin)
                .flatMap(url -> json(http, url).stream())
                .findFirst()
                .orElseThrow(() -> new ClientException("the server does not say how to sign in at " + mcp));
    }

    private static AuthorizationServerMetadata authorizationServer(HttpClient http, String issuer) {
        var metadata = wellKnown(Addresses.require("the issuer", issuer))
                .flatMap(url -> json(http, url).stream())
                .findFirst()
                .orElseThrow(() -> new ClientException("there is no authorization server metadata of " + issuer));
        try {
            var server = AuthorizationServerMetadata.parse(metadata.toString());
            if (!server.getIssuer().getValue().equals(issuer)) {
                throw new ClientException("the metadata is of another issuer: " + server.getIssuer());
            }
            Addresses.require("the authorization endpoint", String.valueOf(server.getAuthorizationEndpointURI()));
            Addresses.require("the token endpoint", String.valueOf(server.getTokenEndpointURI()));
            requirePkce(server);
            return server;
        } catch (ParseException e) {
            throw new ClientException("the metadata of " + issuer + " cannot be read", e);
        }
    }

    private static void requirePkce(AuthorizationServerMetadata server) {
        var methods = server.getCodeChallengeMethods();
        if (methods == null || !methods.contains(CodeChallengeMethod.S256)) {
            throw new ClientException("the authorization server " + server.getIssuer() + " has no PKCE with S256");
        }
    }

    /** RFC 8414 sections 3.1 and 5: the path of an issuer goes behind the well-known one, or before OpenID's. */
    private static Stream<String> wellKnown(URI issuer) {
        var origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        var path = issuer.getRawPath().replaceFirst("/$", "");
        return Stream.of(
                        origin + "/.well-known/oauth-authorization-server" + path,
                        origin + "/.well-known/openid-configuration" + path,
                        origin + path + "/.well-known/openid-configuration")
                .distinct();
    }

    private static Optional<JsonNode> json(HttpClient http, String url) {
        var request = HttpRequest.newBuilder(Addresses.require("the address of metadata", url))
                .timeout(TIMEOUT)
                .header("Accept", "application/json")
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return answer.statusCode() == 200 ? Optional.of(RpcMessage.JSON.readTree(answer.body())) : Optional.empty();
        } catch (IOException e) {
            throw new ClientException("no answer from " + request.uri().getAuthority(), e);
        } catch (tools.jackson.core.JacksonException e) {
            throw new ClientException("the metadata at " + url + " is no JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }
}
