package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** OAuth 2.1 section 4.3: refresh tokens. */
class OAuth21RefreshTest extends FrontTest {
    private static String refreshToken(JsonNode tokens) {
        return tokens.path("refresh_token").asString();
    }

    private int status(String accessToken) {
        return front.call(accessToken).statusCode();
    }

    @Test
    void refresh_givesANewPair() {
        var first = front.tokens();

        var second = Front.json(front.refresh(refreshToken(first)));

        assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
        assertThat(status(second.path("access_token").asString())).isEqualTo(200);
    }

    @Test
    void lostAnswer_sameTokenGivesTheSameSuccessorForAMinute() {
        var first = refreshToken(front.tokens());
        var successor = refreshToken(Front.json(front.refresh(first)));
        front.clock.advance(RefreshTokens.REPEATABLE);

        var again = Front.json(front.refresh(first));

        assertThat(refreshToken(again)).isEqualTo(successor);
        assertThat(status(again.path("access_token").asString())).isEqualTo(200);
    }

    @Test
    void lostAnswerAfterRestart_sameTokenGivesTheSameSuccessor() throws Exception {
        var first = refreshToken(front.tokens());
        var successor = refreshToken(Front.json(front.refresh(first)));
        front.restart();

        assertThat(refreshToken(Front.json(front.refresh(first)))).isEqualTo(successor);
    }

    @Test
    void usedTokenAfterItsSuccessor_endsThisGrantAndNoOther() {
        var other = front.tokens();
        var first = refreshToken(front.tokens());
        var second = refreshToken(Front.json(front.refresh(first)));
        var third = Front.json(front.refresh(second));

        var replay = front.refresh(first);

        assertThat(Front.error(replay)).isEqualTo("invalid_grant");
        assertThat(status(third.path("access_token").asString())).isEqualTo(401);
        assertThat(Front.error(front.refresh(refreshToken(third)))).isEqualTo("invalid_grant");
        assertThat(status(other.path("access_token").asString())).isEqualTo(200);
        assertThat(front.audit)
                .filteredOn(e -> e.type().equals("token.replayed"))
                .hasSize(1);
    }

    @Test
    void usedTokenAfterAMinute_endsTheGrant() {
        var first = refreshToken(front.tokens());
        var second = Front.json(front.refresh(first));
        front.clock.advance(RefreshTokens.REPEATABLE.plusMillis(1));

        assertThat(Front.error(front.refresh(first))).isEqualTo("invalid_grant");
        assertThat(status(second.path("access_token").asString())).isEqualTo(401);
    }

    @Test
    void replayAfterRestart_endsTheGrant() throws Exception {
        var first = refreshToken(front.tokens());
        var second = refreshToken(Front.json(front.refresh(first)));
        var third = Front.json(front.refresh(second));
        front.restart();

        front.refresh(first);

        assertThat(status(third.path("access_token").asString())).isEqualTo(401);
    }

    @Test
    void replay_isToldToListenersOnce() {
        var heard = new CopyOnWriteArrayList<String>();
        front.server.grants().listen(new GrantListener() {
            @Override
            public void revoked(String grantId, String userId, String reason) {
                heard.add("revoked " + reason);
            }

            @Override
            public void refreshReplayed(String grantId, String userId, String clientId) {
                heard.add("replayed " + clientId);
            }

            @Override
            public void authorized(Grant grant, boolean firstSeenClient) {
                heard.add("authorized " + firstSeenClient);
            }
        });
        var first = refreshToken(front.tokens());
        front.refresh(refreshToken(Front.json(front.refresh(first))));

        front.refresh(first);
        front.refresh(first);
        front.tokens();

        assertThat(heard)
                .containsExactly("authorized true", "revoked replay", "replayed " + Front.CLIENT, "authorized false");
    }

    @Test
    void sixtyFourUsesAtOnce_oneLineage() throws Exception {
        var first = refreshToken(front.tokens());

        var successors = Race.of(64, i -> refreshToken(Front.json(front.refresh(first))));

        assertThat(new HashSet<>(successors)).hasSize(1);
        assertThat(front.refresh(successors.getFirst()).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenOfAnotherClient_isRefusedWithoutEffect() {
        var token = refreshToken(front.tokens());

        assertThat(Front.error(front.refresh(token, "client_id", Front.WEB_CLIENT)))
                .isEqualTo("invalid_grant");
        assertThat(front.refresh(token).statusCode()).isEqualTo(200);
    }

    @Test
    void thirtyDaysWithoutUse_endTheGrant() {
        var token = refreshToken(front.tokens());
        front.clock.advance(Duration.ofDays(30));

        assertThat(Front.error(front.refresh(token))).isEqualTo("invalid_grant");
        assertThat(front.server.grants().of(front.alice.id())).isEmpty();
    }

    @Test
    void useBeforeThirtyDays_prolongsTheGrant() throws Exception {
        var token = refreshToken(front.tokens());
        front.clock.advance(Duration.ofDays(29));
        token = refreshToken(Front.json(front.refresh(token)));
        front.clock.advance(Duration.ofDays(29));
        front.restart();

        var last = Front.json(front.refresh(token));

        assertThat(status(last.path("access_token").asString())).isEqualTo(200);
    }

    @Test
    void fewerScopes_areGivenAndMoreAreRefusedWithoutEffect() {
        var token = refreshToken(front.tokens());

        assertThat(Front.error(front.refresh(token, "scope", "calendar:read mail:read")))
                .isEqualTo("invalid_scope");
        var narrowed = Front.json(front.refresh(token, "scope", "calendar:read"));
        assertThat(narrowed.path("scope").asString()).isEqualTo("calendar:read");
        var whole = Front.json(front.refresh(refreshToken(narrowed)));
        assertThat(whole.path("scope").asString()).isEqualTo("calendar:read mail:send");
    }

    @Test
    void everyRemainingLifetimeOfATokenAroundItsEnd_isAnsweredPlainly() {
        for (int seconds = -5; seconds <= 65; seconds += 5) {
            var token = refreshToken(front.tokens());
            front.clock.advance(Duration.ofDays(30).minusSeconds(seconds));
            assertThat(front.refresh(token).statusCode()).isEqualTo(seconds > 0 ? 200 : 400);
        }
    }

    @Test
    void issuedTokens_standInNoFile() throws Exception {
        var code = front.code();
        var tokens = Front.json(front.redeem(code));
        var second = Front.json(front.refresh(refreshToken(tokens)));
        var secrets = List.of(
                code,
                refreshToken(tokens),
                refreshToken(second),
                tokens.path("access_token").asString().split("\\.")[2]);

        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(secrets).noneMatch(bytes::contains);
            }
        }
    }
}
