package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import dev.countersign.oauth.Client.Authentication;
import dev.countersign.oauth.OAuthError.Code;
import dev.countersign.vault.Secret;
import java.util.List;
import java.util.Map;

/**
 * Which client calls the token or revocation endpoint, proven in the way that it has registered. RFC 6749 section 2.3, OAuth 2.1
 * section 2.4.
 */
final class ClientAuthenticationCheck {
    private final Clients clients;

    ClientAuthenticationCheck(Clients clients) {
        this.clients = clients;
    }

    /** The client's id; {@code invalid_client} when it is unknown or does not prove itself as registered. */
    String check(HTTPRequest message, Map<String, List<String>> parameters) {
        var inHeader = message.getAuthorization() != null;
        if (inHeader && parameters.containsKey("client_secret")) {
            throw new OAuthError(Code.INVALID_REQUEST, "Authenticate in the header or in the body, not in both.");
        }
        if (parameters.containsKey("client_assertion")) {
            throw invalid("client assertions are not supported");
        }
        if (!inHeader && !parameters.containsKey("client_secret")) {
            return publicClient(parameters);
        }
        var given = parse(message);
        var clientId = given.getClientID().getValue();
        var bodyId = parameters.getOrDefault("client_id", List.of(clientId)).getFirst();
        if (!bodyId.equals(clientId)) {
            throw new OAuthError(Code.INVALID_REQUEST, "Header and body name different clients.");
        }
        var client = clients.known(clientId).orElseThrow(() -> invalid("unknown client"));
        if (client.authentication() != method(given) || !client.hasSecret(secret(given))) {
            throw invalid("wrong method or secret");
        }
        return clientId;
    }

    private String publicClient(Map<String, List<String>> parameters) {
        var clientId = parameters.getOrDefault("client_id", List.of()).stream()
                .findFirst()
                .orElseThrow(() -> new OAuthError(Code.INVALID_REQUEST, "client_id is missing."));
        var known = clients.known(clientId);
        if (known.isEmpty() && clients.hasDocument(clientId)) {
            // the code or token is bound to this id; a fetch here would be made for anybody
            return clientId;
        }
        if (known.orElseThrow(() -> invalid("unknown client")).authentication() != Authentication.NONE) {
            throw invalid("a client with a secret came without it");
        }
        return clientId;
    }

    private static PlainClientSecret parse(HTTPRequest message) {
        try {
            if (ClientAuthentication.parse(message) instanceof PlainClientSecret given) {
                return given;
            }
        } catch (ParseException e) {
            throw invalid("malformed");
        }
        throw invalid("no method that we know");
    }

    private static Authentication method(PlainClientSecret given) {
        return switch (given) {
            case ClientSecretBasic basic -> Authentication.CLIENT_SECRET_BASIC;
            case ClientSecretPost post -> Authentication.CLIENT_SECRET_POST;
            default -> Authentication.NONE;
        };
    }

    private static Secret secret(PlainClientSecret given) {
        return Secret.of(given.getClientSecret().getValue());
    }

    private static OAuthError invalid(String detail) {
        return new OAuthError(401, Code.INVALID_CLIENT, "The client is not known or did not authenticate.", detail);
    }
}
