package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9207: every answer to the client names the issuer once. {@link Front#answer} fails on a name that stands twice. */
class Rfc9207Test extends FrontTest {
    @Test
    void success_namesTheIssuer() {
        assertThat(front.allowed(front.signIn(front.alice), Front.request()))
                .containsEntry("iss", Front.ISSUER)
                .containsEntry("state", "af0ifjsldkj")
                .containsKey("code");
    }

    @Test
    void denial_namesTheIssuer() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());

        var answer = Front.answer(front.decide(cookie, front.asked.requestId(), "deny", Set.of()));

        assertThat(answer).containsEntry("iss", Front.ISSUER).containsEntry("error", "access_denied");
    }

    @Test
    void errors_nameTheIssuer() {
        var cookie = front.signIn(front.alice);
        assertError(cookie, "invalid_scope", "scope", "calendar:read everything");
        assertError(cookie, "unsupported_response_type", "response_type", "token");
        assertError(cookie, "unsupported_response_type", "response_type", "code id_token");
        assertError(cookie, "invalid_request", "response_type", null);
        assertError(cookie, "invalid_request", "response_mode", "fragment");
        assertError(cookie, "invalid_request", "response_mode", "form_post");
        assertError(cookie, "request_not_supported", "request", "eyJhbGciOiJub25lIn0.e30.");
        assertError(cookie, "request_uri_not_supported", "request_uri", "https://evil.example/r");
        assertError(cookie, "consent_required", "prompt", "none");
        assertError(cookie, "invalid_request", "max_age", "soon");
    }

    private void assertError(String cookie, String error, String parameter, String value) {
        var answer = Front.answer(front.authorize(cookie, Front.request(parameter, value)));

        assertThat(answer).containsEntry("error", error).containsEntry("iss", Front.ISSUER);
    }

    @Test
    void noSignInWithoutAQuestion_isLoginRequired() {
        var answer = Front.answer(front.get("/authorize?" + Front.form(Front.request("prompt", "none"))));

        assertThat(answer).containsEntry("error", "login_required").containsEntry("iss", Front.ISSUER);
    }

    @Test
    void repeatedParameter_isInvalidRequestWithTheIssuer() {
        var query = Front.form(Front.request()) + "&scope=search";

        var answer = Front.answer(front.get("/authorize?" + query, front.signIn(front.alice)));

        assertThat(answer).containsEntry("error", "invalid_request").containsEntry("iss", Front.ISSUER);
    }

    @Test
    void metadata_promisesIt() {
        var metadata = Front.json(front.get("/.well-known/oauth-authorization-server"));

        assertThat(metadata.path("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        assertThat(metadata.path("issuer").asString()).isEqualTo(Front.ISSUER);
    }
}
