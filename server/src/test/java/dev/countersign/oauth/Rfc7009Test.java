package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** RFC 7009: a client gives a token back. */
class Rfc7009Test extends FrontTest {
    private HttpResponse<String> revoke(String clientId, String token) {
        return front.post("/revoke", "client_id=" + clientId + "&token=" + token);
    }

    private boolean accepted(JsonNode tokens) {
        return front.call(tokens.path("access_token").asString()).statusCode() == 200;
    }

    @Test
    void refreshToken_endsItsGrant() {
        var tokens = front.tokens();

        var answer = revoke(Front.CLIENT, tokens.path("refresh_token").asString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(accepted(tokens)).isFalse();
        assertThat(Front.error(front.refresh(tokens.path("refresh_token").asString())))
                .isEqualTo("invalid_grant");
    }

    @Test
    void accessToken_endsItsGrant() {
        var tokens = front.tokens();

        assertThat(revoke(Front.CLIENT, tokens.path("access_token").asString()).statusCode())
                .isEqualTo(200);

        assertThat(accepted(tokens)).isFalse();
    }

    @Test
    void tokenOfAnotherClient_isRefusedWithoutEffect() {
        var tokens = front.tokens();

        var answer = revoke(Front.WEB_CLIENT, tokens.path("refresh_token").asString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(accepted(tokens)).isTrue();
    }

    @Test
    void unknownToken_isNoError() {
        assertThat(revoke(Front.CLIENT, "cs_rt_nothing").statusCode()).isEqualTo(200);
        assertThat(revoke(Front.CLIENT, "a.b.c").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownClient_isInvalidClient() {
        assertThat(Front.error(revoke("nobody", "x"))).isEqualTo("invalid_client");
    }

    @Test
    void tokenLeftOut_isInvalidRequest() {
        assertThat(Front.error(front.post("/revoke", "client_id=" + Front.CLIENT)))
                .isEqualTo("invalid_request");
    }

    @Test
    void storageThatFails_isNoSuccess() {
        var tokens = front.tokens();
        front.database.close();

        assertThat(revoke(Front.CLIENT, tokens.path("refresh_token").asString()).statusCode())
                .isGreaterThanOrEqualTo(500);
    }
}
