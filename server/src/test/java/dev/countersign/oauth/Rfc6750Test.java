package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6750: bearer tokens and their challenges, with RFC 9728 section 5.1. */
class Rfc6750Test extends FrontTest {
    private static final String METADATA =
            "resource_metadata=\"http://localhost:8484/.well-known/oauth-protected-resource/mcp\"";

    private HttpResponse<String> call(String... authorization) {
        var builder = HttpRequest.newBuilder(front.at("/mcp")).GET();
        for (var value : authorization) {
            builder.header("Authorization", value);
        }
        return front.send(builder.build());
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    @Test
    void noToken_isChallengedWithoutError() {
        var answer = call();

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(challenge(answer)).isEqualTo("Bearer " + METADATA + ", scope=\"calendar:read\"");
    }

    @Test
    void otherScheme_countsAsNoToken() {
        var answer = call("Basic YTpi");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(challenge(answer)).doesNotContain("error=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "Bearer x", "bearer eyJhbGciOiJub25lIn0.e30."})
    void foreignToken_isInvalidToken(String authorization) {
        var answer = call(authorization);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(challenge(answer)).contains("error=\"invalid_token\"", METADATA, "scope=\"calendar:read\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer a,b", "Bearer \"a\""})
    void malformedHeader_isNotAccepted(String authorization) {
        assertThat(call(authorization).statusCode()).isIn(400, 401);
    }

    @Test
    void twoHeaders_areInvalidRequest() {
        var token = front.tokens().path("access_token").asString();

        var answer = call("Bearer " + token, "Bearer " + token);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isEqualTo("invalid_request");
    }

    @Test
    void tokenInTheAddress_isInvalidRequest() {
        var token = front.tokens().path("access_token").asString();

        assertThat(front.get("/mcp?access_token=" + token).statusCode()).isEqualTo(400);
    }

    @Test
    void schemeInAnyCase_isAccepted() {
        var token = front.tokens().path("access_token").asString();

        assertThat(call("bEARER " + token).statusCode()).isEqualTo(200);
    }

    @Test
    void expiredToken_isInvalidToken() {
        var token = front.tokens().path("access_token").asString();
        assertThat(front.call(token).statusCode()).isEqualTo(200);
        front.clock.advance(Duration.ofMinutes(10));

        var answer = front.call(token);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Front.error(answer)).isEqualTo("invalid_token");
    }

    @Test
    void revokedGrant_isRefusedAtOnceThoughItsTokenWasSeen() {
        var token = front.tokens().path("access_token").asString();
        assertThat(front.call(token).statusCode()).isEqualTo(200);

        front.server
                .grants()
                .revoke(front.server.grants().of(front.alice.id()).getFirst().id(), "person");

        assertThat(Front.error(front.call(token))).isEqualTo("invalid_token");
    }

    @Test
    void revokedGrant_staysRevokedAfterRestart() throws Exception {
        var token = front.tokens().path("access_token").asString();
        front.server.grants().revokeAllOf(front.alice.id(), Front.CLIENT, "person");
        front.restart();

        assertThat(front.call(token).statusCode()).isEqualTo(401);
    }

    @Test
    void insufficientScope_namesAllScopesInOneChallenge() {
        var answer = front.server.challenges().answerInsufficientScope(Set.of("mail:send", "mail:read"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(front.server.challenges().insufficientScope(Set.of("mail:send", "mail:read")))
                .startsWith("Bearer error=\"insufficient_scope\"")
                .contains("scope=\"mail:read mail:send\"", METADATA);
    }
}
