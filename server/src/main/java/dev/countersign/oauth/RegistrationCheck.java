package dev.countersign.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.countersign.oauth.Client.Authentication;
import dev.countersign.oauth.OAuthError.Code;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client may register. Everything is checked before anything is kept; addresses that we do not use are checked for what a reader
 * of them might do. RFC 7591 section 2, OpenID Connect Dynamic Client Registration section 2.
 */
final class RegistrationCheck {
    private static final int MOST_REDIRECT_URIS = 20;
    private static final List<String> WEB_ADDRESSES =
            List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri");
    private static final Set<String> GRANT_TYPES =
            Set.of(GrantType.AUTHORIZATION_CODE.getValue(), GrantType.REFRESH_TOKEN.getValue());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A registration that passed. */
    record Checked(String name, List<String> redirectUris, Authentication authentication, boolean refreshes) {}

    Checked check(byte[] body) {
        var json = json(body);
        var metadata = metadata(json);
        var redirectUris = redirectUris(json);
        requireCodeFlow(json);
        WEB_ADDRESSES.forEach(name -> requireHttps(json, name));
        if (json.has("jwks") || json.has("jwks_uri")) {
            throw metadata("Keys of clients are not used here; leave out jwks and jwks_uri.");
        }
        var name = DisplayName.of(metadata.getName() == null ? "" : metadata.getName());
        return new Checked(
                name.isEmpty() ? RedirectUris.displayHost(redirectUris.getFirst()) : name,
                redirectUris,
                authentication(json),
                refreshes(json));
    }

    private static JsonNode json(byte[] body) {
        try {
            var json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw metadata("Send one JSON object without repeated members.");
        }
        throw metadata("Send one JSON object.");
    }

    private static ClientMetadata metadata(JsonNode json) {
        try {
            return ClientMetadata.parse(JSONObjectUtils.parse(JSON.writeValueAsString(json)));
        } catch (ParseException | IllegalArgumentException e) {
            throw new OAuthError(
                    400,
                    json.has("redirect_uris") ? Code.INVALID_CLIENT_METADATA : Code.INVALID_REDIRECT_URI,
                    "The client metadata is malformed.",
                    String.valueOf(e.getMessage()));
        }
    }

    private static List<String> redirectUris(JsonNode json) {
        var redirectUris = strings(json, "redirect_uris");
        if (redirectUris.isEmpty() || redirectUris.size() > MOST_REDIRECT_URIS) {
            throw new OAuthError(Code.INVALID_REDIRECT_URI, "Register 1 to 20 redirect_uris.");
        }
        var type = json.path("application_type").stringValueOpt().orElse("");
        for (var redirectUri : redirectUris) {
            RedirectUris.problem(redirectUri).ifPresent(problem -> {
                throw new OAuthError(Code.INVALID_REDIRECT_URI, problem);
            });
            if (type.equals("web") && !RedirectUris.https(redirectUri)) {
                throw new OAuthError(
                        Code.INVALID_REDIRECT_URI,
                        "A web application has https redirect URIs; use application_type native.");
            }
        }
        if (!type.isEmpty() && !type.equals("web") && !type.equals("native")) {
            throw metadata("application_type is web or native.");
        }
        return redirectUris;
    }

    private static void requireCodeFlow(JsonNode json) {
        var grantTypes = strings(json, "grant_types");
        if (!GRANT_TYPES.containsAll(grantTypes)
                || (!grantTypes.isEmpty() && !grantTypes.contains(GrantType.AUTHORIZATION_CODE.getValue()))) {
            throw metadata("The grant_types here are authorization_code and refresh_token.");
        }
        var responseTypes = strings(json, "response_types");
        if (!responseTypes.isEmpty() && !responseTypes.equals(List.of("code"))) {
            throw metadata("The only response_types value here is code.");
        }
    }

    private static boolean refreshes(JsonNode json) {
        var grantTypes = strings(json, "grant_types");
        return grantTypes.isEmpty() || grantTypes.contains(GrantType.REFRESH_TOKEN.getValue());
    }

    /** Not said means {@code client_secret_basic}; RFC 7591 section 2. */
    private static Authentication authentication(JsonNode json) {
        var method = json.path("token_endpoint_auth_method")
                .stringValueOpt()
                .orElse(Authentication.CLIENT_SECRET_BASIC.value());
        return Authentication.of(method)
                .orElseThrow(() ->
                        metadata("token_endpoint_auth_method is none, client_secret_basic or client_secret_post."));
    }

    private static void requireHttps(JsonNode json, String name) {
        if (!json.has(name)) {
            return;
        }
        var value = json.path(name).stringValueOpt().orElse("");
        try {
            var uri = URI.create(value);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw metadata(name + " is an https address.");
        }
        throw metadata(name + " is an https address.");
    }

    private static List<String> strings(JsonNode json, String name) {
        var all = new ArrayList<String>();
        for (var value : json.path(name)) {
            all.add(value.stringValueOpt().orElseThrow(() -> metadata(name + " is a list of strings.")));
        }
        return all;
    }

    private static OAuthError metadata(String sentence) {
        return new OAuthError(Code.INVALID_CLIENT_METADATA, sentence);
    }
}
