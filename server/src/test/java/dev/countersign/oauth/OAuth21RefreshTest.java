package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.store.Sql;
import dev.countersign.vault.RandomToken;
import dev.countersign.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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

    /** A token names its grant, and who reads logs knows such names: they must not be able to end a grant. */
    @Test
    void madeUpTokenOfAGrant_isRefusedWithoutEffect() {
        var token = refreshToken(front.tokens());
        var other = refreshToken(front.tokens());
        int dot = token.indexOf('.');
        var madeUp = List.of(
                token.substring(0, dot) + other.substring(other.indexOf('.')),
                token.substring(0, dot + 1) + "A".repeat(72),
                token.substring(0, dot + 1) + changed(token.charAt(dot + 1)) + token.substring(dot + 2),
                token.substring(0, token.length() - 1) + changed(token.charAt(token.length() - 1)),
                token.substring(0, dot),
                token + "A",
                token.toUpperCase(Locale.ROOT));

        for (var each : madeUp) {
            assertThat(Front.error(front.refresh(each))).as(each).isEqualTo("invalid_grant");
        }

        assertThat(front.refresh(token).statusCode()).isEqualTo(200);
        assertThat(front.refresh(other).statusCode()).isEqualTo(200);
        assertThat(front.audit).noneMatch(e -> e.type().equals("token.replayed"));
    }

    /** A person whose database was restored from a backup is no victim of a theft. */
    @Test
    void tokenThatIsNewerThanTheDatabase_isRefusedWithoutEffect() {
        var first = front.tokens();
        var second = refreshToken(Front.json(front.refresh(refreshToken(first))));
        var third = refreshToken(Front.json(front.refresh(second)));
        front.database.write(c -> Sql.update(
                c,
                "UPDATE refresh_lineage SET digest = ?, generation = 0, previous_digest = NULL, rotated_at = NULL,"
                        + " successor = NULL",
                RandomToken.digest(Secret.of(refreshToken(first)))));

        assertThat(Front.error(front.refresh(third))).isEqualTo("invalid_grant");
        assertThat(Front.error(front.refresh(second))).isEqualTo("invalid_grant");

        assertThat(front.refresh(refreshToken(first)).statusCode()).isEqualTo(200);
        assertThat(front.audit).noneMatch(e -> e.type().equals("token.replayed"));
    }

    private static char changed(char digit) {
        return digit == 'A' ? 'B' : 'A';
    }

    @Test
    void endedGrant_leavesNoTokensOnceAnotherBegins() {
        var first = refreshToken(front.tokens());
        front.refresh(refreshToken(Front.json(front.refresh(first))));
        front.refresh(first); // a replay, which ends the grant
        var live = refreshToken(front.tokens());

        List<String> kept = front.database.read(
                c -> Sql.list(c, "SELECT grant_id FROM refresh_lineage", row -> row.getString("grant_id")));
        assertThat(kept).hasSize(1);
        assertThat(front.refresh(live).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenFromBeforeTokensNamedTheirGrant_isRotatedOnce() {
        front.tokens();
        var token = namelessToken();

        var second = refreshToken(Front.json(front.refresh(token)));
        assertThat(refreshToken(Front.json(front.refresh(token)))).isEqualTo(second);
        var third = Front.json(front.refresh(second));
        assertThat(status(third.path("access_token").asString())).isEqualTo(200);

        assertThat(Front.error(front.refresh(token))).isEqualTo("invalid_grant");
        assertThat(status(third.path("access_token").asString())).isEqualTo(401);
    }

    /** Puts one in the place of the only grant's valid token, as the migration does. */
    private String namelessToken() {
        var token = RandomToken.token("cs_rt_");
        front.database.write(c -> Sql.update(c, "UPDATE refresh_lineage SET digest = ?", RandomToken.digest(token))
                + Sql.update(
                        c,
                        "INSERT INTO nameless_refresh_token SELECT ?, id, expires_at FROM oauth_grant",
                        RandomToken.digest(token)));
        return token.reveal(Secret.Purpose.ISSUE);
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
