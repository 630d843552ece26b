package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8707: the resource that a token is for. */
class Rfc8707Test extends FrontTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8484",
                "http://localhost:8484/",
                "http://localhost:8484/mcp/",
                "http://localhost:8484/mcp2",
                "http://localhost:8484/MCP",
                "http://localhost:8484/mcp?x=1",
                "http://localhost:8484/mcp#fragment",
                "https://localhost:8484/mcp",
                "http://localhost/mcp",
                "http://localhost:8484@evil.example/mcp",
                "http://evil.example/mcp",
                "/mcp",
                "mcp",
                ""
            })
    void otherResource_isInvalidTargetAndTheCodeStaysUsable(String resource) {
        var asked = Front.answer(front.authorize(front.signIn(front.alice), Front.request("resource", resource)));
        assertThat(asked).containsEntry("error", "invalid_target").containsEntry("iss", Front.ISSUER);
        var code = front.code();

        var answer = front.redeem(code, "resource", resource);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isEqualTo("invalid_target");
        assertThat(front.redeem(code).statusCode()).isEqualTo(200);
    }

    @Test
    void otherResourceAtRefresh_leavesTheTokenUsable() {
        var token = front.tokens().path("refresh_token").asString();

        assertThat(Front.error(front.refresh(token, "resource", "http://evil.example/mcp")))
                .isEqualTo("invalid_target");
        var next = Front.json(front.refresh(token)).path("refresh_token").asString();
        assertThat(front.refresh(next).statusCode()).isEqualTo(200);
    }

    @Test
    void upperCaseHost_isTheSameResource() {
        assertThat(front.redeem(front.code(), "resource", "HTTP://LOCALHOST:8484/mcp")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void resourceLeftOut_meansTheOnlyOne() {
        var code = front.allowed(front.signIn(front.alice), Front.request("resource", null))
                .get("code");

        var tokens = Front.json(front.redeem(code, "resource", null));

        assertThat(front.call(tokens.path("access_token").asString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void oursAndAnother_isInvalidTarget() {
        var query = Front.form(Front.request()) + "&resource=" + Front.encode("https://evil.example/mcp");

        var answer = Front.answer(front.get("/authorize?" + query, front.signIn(front.alice)));

        assertThat(answer).containsEntry("error", "invalid_target");
    }
}
