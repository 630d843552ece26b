package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** OAuth 2.1 sections 4.1.2 and 4.1.3: authorization codes. */
class OAuth21CodeTest extends FrontTest {
    @Test
    void codeWithItsVerifier_givesTokensForTheResource() {
        var answer = front.redeem(front.code());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        var tokens = Front.json(answer);
        assertThat(tokens.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(600);
        assertThat(tokens.path("scope").asString()).isEqualTo("calendar:read mail:send");
        assertThat(front.call(tokens.path("access_token").asString()).body()).isEqualTo(front.alice.id());
    }

    @Test
    void codeUsedTwice_revokesTheGrant() {
        var code = front.code();
        var tokens = Front.json(front.redeem(code));

        var again = front.redeem(code);

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(Front.error(again)).isEqualTo("invalid_grant");
        assertThat(front.call(tokens.path("access_token").asString()).statusCode())
                .isEqualTo(401);
        assertThat(Front.error(front.refresh(tokens.path("refresh_token").asString())))
                .isEqualTo("invalid_grant");
    }

    @Test
    void codeUsedTwiceAfterRestart_revokesTheGrant() throws Exception {
        var code = front.code();
        var tokens = Front.json(front.redeem(code));
        front.restart();
        assertThat(front.call(tokens.path("access_token").asString()).statusCode())
                .isEqualTo(200);

        front.redeem(code);

        assertThat(front.call(tokens.path("access_token").asString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void guessedCodeWithTheRightBeginning_changesNothing() {
        var code = front.code();
        var tokens = Front.json(front.redeem(code));

        var guess = front.redeem(code.substring(0, code.length() - 2) + "AA");

        assertThat(Front.error(guess)).isEqualTo("invalid_grant");
        assertThat(front.call(tokens.path("access_token").asString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sixtyFourRedemptionsAtOnce_oneSucceeds() throws Exception {
        var code = front.code();

        var statuses = Race.of(64, i -> front.redeem(code).statusCode());

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).contains(400);
        assertThat(front.server.grants().of(front.alice.id())).isEmpty();
    }

    @Test
    void codeAfterSixtySeconds_isRefused() {
        var code = front.code();
        front.clock.advance(Duration.ofSeconds(60));

        assertThat(Front.error(front.redeem(code))).isEqualTo("invalid_grant");
    }

    @Test
    void codeOfAnotherClient_isRefusedAndStaysUsable() {
        var code = front.code();

        assertThat(Front.error(front.redeem(code, "client_id", Front.WEB_CLIENT)))
                .isEqualTo("invalid_grant");
        assertThat(front.redeem(code).statusCode()).isEqualTo(200);
    }

    @Test
    void otherRedirectUri_isRefusedAndTheCodeStaysUsable() {
        var code = front.code();

        assertThat(Front.error(front.redeem(code, "redirect_uri", "http://127.0.0.1:7778/callback")))
                .isEqualTo("invalid_grant");
        assertThat(front.redeem(code, "redirect_uri", null).statusCode()).isEqualTo(200);
    }

    @Test
    void repeatedParameter_isInvalidRequest() {
        var answer = front.post("/token", "grant_type=authorization_code&client_id=a&client_id=b&code=c");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isEqualTo("invalid_request");
    }

    @Test
    void otherGrantTypes_areUnsupported() {
        for (var type : new String[] {"password", "client_credentials", "implicit"}) {
            var answer = front.post("/token", "grant_type=" + type + "&client_id=" + Front.CLIENT);
            assertThat(Front.error(answer)).isEqualTo("unsupported_grant_type");
        }
    }

    @Test
    void bodyThatIsNoForm_isInvalidRequest() {
        var answer = front.post("/token", "{}", "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Front.error(answer)).isEqualTo("invalid_request");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void unknownClient_isInvalidClient() {
        var answer = front.redeem(front.code(), "client_id", "nobody");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Front.error(answer)).isEqualTo("invalid_client");
    }

    @Test
    void newGrants_areAuditedAndHeard() {
        IntStream.range(0, 2).forEach(i -> front.tokens());

        assertThat(front.audit)
                .filteredOn(e -> e.type().equals("grant.created"))
                .hasSize(2);
        assertThat(front.server.grants().of(front.alice.id())).hasSize(2).allSatisfy(grant -> {
            assertThat(grant.clientId()).isEqualTo(Front.CLIENT);
            assertThat(grant.scopes()).containsExactlyInAnyOrder("calendar:read", "mail:send");
        });
    }
}
