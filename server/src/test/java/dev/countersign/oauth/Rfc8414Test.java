package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** RFC 8414: authorization server metadata says what there is, and what it says is there. */
class Rfc8414Test extends FrontTest {
    private JsonNode metadata() {
        return Front.json(front.get("/.well-known/oauth-authorization-server"));
    }

    @Test
    void metadata_saysWhatIsSupported() {
        var metadata = metadata();

        assertThat(metadata.path("issuer").asString()).isEqualTo(Front.ISSUER);
        assertThat(metadata.path("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(metadata.path("response_types_supported").toString()).isEqualTo("[\"code\"]");
        assertThat(metadata.path("grant_types_supported").toString())
                .isEqualTo("[\"authorization_code\",\"refresh_token\"]");
        assertThat(metadata.path("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"none\",\"client_secret_basic\",\"client_secret_post\"]");
        assertThat(metadata.path("client_id_metadata_document_supported").asBoolean())
                .isTrue();
        assertThat(metadata.path("scopes_supported").toString()).doesNotContain("offline_access");
    }

    @Test
    void endpointsThatAreNamed_answer() {
        for (var name : new String[] {
            "authorization_endpoint", "token_endpoint", "revocation_endpoint", "registration_endpoint", "jwks_uri"
        }) {
            var uri = URI.create(metadata().path(name).asString());
            assertThat(uri.toString()).startsWith(Front.ISSUER + "/");
            assertThat(front.get(uri.getPath()).statusCode()).as(name).isIn(200, 303, 400, 405);
        }
    }

    @Test
    void jwks_holdsPublicKeysOnly() throws Exception {
        var set = JWKSet.parse(front.get("/jwks").body());

        assertThat(set.getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
        assertThat(set.getKeys().getFirst().getKeyID())
                .isEqualTo(front.keys.current().getKeyID());
    }

    @Test
    void registrationSwitchedOff_isNeitherNamedNorThere() throws IOException {
        front.close();
        front = new Front(folder, false, 60, new SafeFetch());

        assertThat(metadata().has("registration_endpoint")).isFalse();
        assertThat(front.post("/register", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void openIdDiscovery_isNotThere() {
        assertThat(front.get("/.well-known/openid-configuration").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "https://example.com/",
                "https://example.com/path",
                "https://example.com?x=1",
                "https://me@example.com",
                "ftp://example.com",
                "http://localhost.example.com",
                "localhost:8484"
            })
    void unfitPublicUrl_stopsTheStart(String url) {
        assertThatThrownBy(() -> new Addresses(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
