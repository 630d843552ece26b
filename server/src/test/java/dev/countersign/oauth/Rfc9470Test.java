package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9470: asking for a more recent sign-in. */
class Rfc9470Test extends FrontTest {
    @Test
    void challenge_namesTheGreatestAge() {
        assertThat(front.server.challenges().insufficientAuthentication(Duration.ofMinutes(5)))
                .startsWith("Bearer error=\"insufficient_user_authentication\"")
                .contains("max_age=\"300\"", "resource_metadata=");
    }

    @Test
    void oldSignIn_isAskedForAgainAndThenEnough() {
        var old = front.signIn(front.alice);
        front.clock.advance(Duration.ofMinutes(6));

        var refused = front.authorize(old, Front.request("max_age", "300"));

        assertThat(refused.statusCode()).isEqualTo(303);
        var location = refused.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/sign-in?again=true&next=%2Fauthorize%3F");
        var next = URLDecoder.decode(location.substring(location.indexOf("next=") + 5), StandardCharsets.UTF_8);
        assertThat(front.get(next, front.signIn(front.alice)).statusCode()).isEqualTo(200);
    }

    @Test
    void oldSignInThatComesBackUnchanged_endsInAPageAndNoLoop() {
        var old = front.signIn(front.alice);
        front.clock.advance(Duration.ofMinutes(6));
        var location = front.authorize(old, Front.request("max_age", "300"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var next = URLDecoder.decode(location.substring(location.indexOf("next=") + 5), StandardCharsets.UTF_8);

        assertThat(front.get(next, old).statusCode()).isEqualTo(400);
    }

    @Test
    void promptLogin_asksForASignInThoughThereIsOne() {
        var cookie = front.signIn(front.alice);
        front.clock.advance(Duration.ofSeconds(5));

        assertThat(front.authorize(cookie, Front.request("prompt", "login")).statusCode())
                .isEqualTo(303);
    }

    @Test
    void oldSignInWithoutAQuestion_isLoginRequired() {
        var cookie = front.signIn(front.alice);
        front.clock.advance(Duration.ofMinutes(6));

        var answer = Front.answer(front.authorize(cookie, Front.request("max_age", "300", "prompt", "none")));

        assertThat(answer).containsEntry("error", "login_required").containsEntry("iss", Front.ISSUER);
    }

    @Test
    void token_saysWhenThePersonSignedIn() {
        var token = front.tokens().path("access_token").asString();
        var principal = front.server.accessTokens().authenticate(List.of("Bearer " + token));

        assertThat(principal.authenticatedAt()).isEqualTo(front.clock.instant());
        front.clock.advance(Duration.ofMinutes(2));
        assertThat(front.server.accessTokens().signedInWithin(principal, Duration.ofMinutes(1)))
                .isFalse();
        assertThat(front.server.accessTokens().signedInWithin(principal, Duration.ofMinutes(3)))
                .isTrue();
    }
}
