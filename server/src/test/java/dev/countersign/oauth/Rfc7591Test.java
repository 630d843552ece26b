package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7591: dynamic client registration, and the authentication of the clients that got a secret. */
class Rfc7591Test extends FrontTest {
    private static final String PUBLIC = """
        {"client_name":"Editor","redirect_uris":["http://127.0.0.1/callback"],"token_endpoint_auth_method":"none",
         "grant_types":["authorization_code","refresh_token"],"response_types":["code"],
         "application_type":"native"}\
        """;

    private HttpResponse<String> register(String json) {
        return front.post("/register", json, "Content-Type", "application/json");
    }

    private static String with(String member) {
        return "{\"redirect_uris\":[\"https://app.example.com/cb\"],\"token_endpoint_auth_method\":\"none\"," + member
                + "}";
    }

    @Test
    void publicClient_registersAndGetsTokens() {
        var answer = register(PUBLIC);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        var client = Front.json(answer);
        assertThat(client.has("client_secret")).isFalse();
        assertThat(client.path("token_endpoint_auth_method").asString()).isEqualTo("none");
        var id = client.path("client_id").asString();
        assertThat(id).startsWith("dcr_");
        var redirect = "http://127.0.0.1:50505/callback";
        var code = front.allowed(front.signIn(front.alice), Front.request("client_id", id, "redirect_uri", redirect))
                .get("code");
        var tokens = front.redeem(code, "client_id", id, "redirect_uri", redirect);
        assertThat(tokens.statusCode()).isEqualTo(200);
        assertThat(front.asked.clientName()).isEqualTo("Editor");
        assertThat(front.asked.warnings()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\\tscript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "http://evil.example/cb",
                "https://user@app.example.com/cb",
                "https://app.example.com/cb#fragment",
                "//app.example.com/cb",
                "/cb",
                "cb",
                "",
                "about:blank",
                "ms-msdt:x",
                "http://localhost.evil.example/cb"
            })
    void unfitRedirectUri_isRefused(String redirectUri) {
        var answer = register("{\"redirect_uris\":[\"" + redirectUri + "\"],\"token_endpoint_auth_method\":\"none\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isIn("invalid_redirect_uri", "invalid_client_metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"grant_types\":[\"password\"]",
                "\"grant_types\":[\"refresh_token\"]",
                "\"grant_types\":[\"authorization_code\",\"client_credentials\"]",
                "\"response_types\":[\"token\"]",
                "\"jwks_uri\":\"http://169.254.169.254/latest\"",
                "\"jwks_uri\":\"https://app.example.com/jwks\"",
                "\"logo_uri\":\"javascript:alert(1)\"",
                "\"client_uri\":\"http://app.example.com\"",
                "\"application_type\":\"other\"",
                "\"redirect_uris\":[\"https://twice.example.com\"]"
            })
    void unfitMetadata_isRefused(String member) {
        var answer = register(with(member));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isIn("invalid_client_metadata", "invalid_redirect_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "null", "{\"redirect_uris\":[]}", "{\"redirect_uris\":\"https://a.example/\"}"})
    void malformedBody_isRefused(String body) {
        assertThat(register(body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "web,https://app.example.com/cb,201",
        "web,http://localhost/cb,400",
        "web,com.example.app:/cb,400",
        "native,http://localhost/cb,201",
        "native,com.example.app:/cb,201",
        "native,https://app.example.com/cb,201",
        "native,cursor://anysphere.cursor-mcp/oauth/callback,201",
        "native,unknown://callback,400"
    })
    void applicationType_decidesOnRedirectUris(String type, String redirectUri, int status) {
        var answer = register("{\"application_type\":\"" + type + "\",\"redirect_uris\":[\"" + redirectUri
                + "\"],\"token_endpoint_auth_method\":\"none\"}");

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void otherAuthenticationMethods_areRefused() {
        for (var method : new String[] {"private_key_jwt", "client_secret_jwt", "tls_client_auth"}) {
            assertThat(register("{\"redirect_uris\":[\"https://a.example/\"],\"token_endpoint_auth_method\":\"" + method
                                    + "\"}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void manyFromOneAddress_areSlowedDown() throws Exception {
        front.close();
        front = new Front(folder, true, 2, new SafeFetch());
        register(PUBLIC);
        register(PUBLIC);

        var answer = register(PUBLIC);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("3600");
    }

    @Test
    void registrationThatNobodyUsed_endsAfterADay() {
        var unused = Front.json(register(PUBLIC)).path("client_id").asString();
        var used = Front.json(register(PUBLIC)).path("client_id").asString();
        var code = front.allowed(front.signIn(front.alice), Front.request("client_id", used))
                .get("code");
        assertThat(front.redeem(code, "client_id", used).statusCode()).isEqualTo(200);
        front.clock.advance(Duration.ofDays(2));

        register(PUBLIC);

        assertThat(front.server.clients().find(unused)).isEmpty();
        assertThat(front.server.clients().find(used)).isPresent();
    }

    @Test
    void nameWithHiddenCharacters_isCleaned() {
        var answer = register(with("\"client_name\":\"Good\\u202Eecila\\u200B \\u0007 \\n name\\uDB40\\uDC41\""));

        assertThat(Front.json(answer).path("client_name").asString()).isEqualTo("Goodecila name");
    }

    @Test
    void clientWithASecret_authenticatesOnlyAsRegistered() {
        var client = Front.json(register("{\"redirect_uris\":[\"" + Front.WEB_REDIRECT + "\"]}"));
        var id = client.path("client_id").asString();
        var secret = client.path("client_secret").asString();
        assertThat(client.path("client_secret_expires_at").asInt(-1)).isZero();
        assertThat(client.path("token_endpoint_auth_method").asString()).isEqualTo("client_secret_basic");
        var code = front.allowed(
                        front.signIn(front.alice), Front.request("client_id", id, "redirect_uri", Front.WEB_REDIRECT))
                .get("code");
        var body = "grant_type=authorization_code&code=" + code + "&code_verifier=" + Front.VERIFIER;

        assertRefused(front.post("/token", body + "&client_id=" + id), 401, "invalid_client");
        assertRefused(
                front.post("/token", body + "&client_id=" + id + "&client_secret=" + secret), 401, "invalid_client");
        assertRefused(front.post("/token", body, "Authorization", basic(id, "wrong")), 401, "invalid_client");
        assertRefused(front.post("/token", body, "Authorization", "Basic !!!"), 401, "invalid_client");
        assertRefused(
                front.post("/token", body + "&client_secret=" + secret, "Authorization", basic(id, secret)),
                400,
                "invalid_request");
        assertThat(front.post("/token", body, "Authorization", basic(id, "wrong"))
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"countersign\"");
        assertThat(front.post("/token", body, "Authorization", basic(id, secret))
                        .statusCode())
                .isEqualTo(200);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Front.error(answer)).isEqualTo(error);
    }

    private static String basic(String id, String secret) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((id + ":" + secret).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
