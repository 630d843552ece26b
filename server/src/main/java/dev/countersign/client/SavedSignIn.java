package dev.countersign.client;

import dev.countersign.client.OAuthLogin.Tokens;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a person has at one server.
 *
 * @param resource the server's address: the tokens go nowhere else
 * @param issuer who gave the tokens, and the client id with them
 */
record SavedSignIn(URI resource, String issuer, String clientId, Tokens tokens) {
    boolean covers(Set<String> scopes) {
        return tokens.scopes().containsAll(scopes);
    }

    /** After a refresh, whose answer may leave out what stays as it was. RFC 6749 section 6. */
    SavedSignIn refreshed(Tokens next) {
        var refreshToken = next.refreshToken().isEmpty() ? tokens.refreshToken() : next.refreshToken();
        var scopes = next.scopes().isEmpty() ? tokens.scopes() : next.scopes();
        return new SavedSignIn(resource, issuer, clientId, new Tokens(next.accessToken(), refreshToken, scopes));
    }

    String json() {
        var json = RpcMessage.JSON
                .createObjectNode()
                .put("resource", resource.toString())
                .put("issuer", issuer)
                .put("client_id", clientId)
                .put("access_token", tokens.accessToken())
                .put("refresh_token", tokens.refreshToken())
                .put("scope", String.join(" ", new TreeSet<>(tokens.scopes())));
        return json.toPrettyString() + "\n";
    }

    /** Empty when the text is damaged, or of another server. */
    static Optional<SavedSignIn> of(String json, URI resource) {
        try {
            var saved = RpcMessage.JSON.readTree(json);
            if (!text(saved, "resource").equals(resource.toString())
                    || text(saved, "client_id").isEmpty()
                    || text(saved, "access_token").isEmpty()) {
                return Optional.empty();
            }
            var scopes = Stream.of(text(saved, "scope").split(" "))
                    .filter(scope -> !scope.isEmpty())
                    .collect(Collectors.toSet());
            var tokens = new Tokens(text(saved, "access_token"), text(saved, "refresh_token"), scopes);
            return Optional.of(new SavedSignIn(resource, text(saved, "issuer"), text(saved, "client_id"), tokens));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
