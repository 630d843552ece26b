package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OAuth 2.1 sections 4.1.1 and 7.3: who may be redirected to, and what a person is asked before. */
class ConsentTest extends FrontTest {
    private static java.util.Map<String, String> web(String... changes) {
        var parameters = Front.request("client_id", Front.WEB_CLIENT, "redirect_uri", Front.WEB_REDIRECT);
        for (int i = 0; i < changes.length; i += 2) {
            parameters.put(changes[i], changes[i + 1]);
        }
        return parameters;
    }

    private void allowAll(String cookie, java.util.Map<String, String> parameters, String client) {
        var code = front.allowed(cookie, parameters).get("code");
        assertThat(front.redeem(code, "client_id", client, "redirect_uri", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void nobodySignedIn_leadsToTheSignInAndBack() {
        var answer = front.get("/authorize?" + Front.form(Front.request()));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith("/sign-in?next=%2Fauthorize%3Fresponse_type%3Dcode%26client_id%3Dtest-client");
    }

    @Test
    void errorsOfAClient_areNotRedirectedBeforeASignIn() {
        var answer = front.get("/authorize?" + Front.form(Front.request("scope", "bogus")));

        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/sign-in?");
    }

    @Test
    void silentRequestToAnUntrustedAddress_isNotRedirectedBeforeASignIn() {
        var client = Front.json(front.post(
                        "/register",
                        "{\"redirect_uris\":[\"https://evil.example/cb\"],\"token_endpoint_auth_method\":\"none\"}",
                        "Content-Type",
                        "application/json"))
                .path("client_id")
                .asString();

        var answer = front.get("/authorize?"
                + Front.form(Front.request(
                        "client_id", client, "redirect_uri", "https://evil.example/cb", "prompt", "none")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void unknownClient_isToldOnAPage() {
        var answer = front.authorize(front.signIn(front.alice), Front.request("client_id", "nobody"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/callback",
                "http://127.0.0.1:7777/callback/",
                "http://127.0.0.1:7777/Callback",
                "http://127.0.0.1:7777/callback?x=1",
                "http://127.0.0.1:7777/callback#x",
                "http://127.0.0.1:7777@evil.example/callback",
                "http://127.0.0.1.evil.example/callback",
                "http://localhost:7777/callback",
                "https://127.0.0.1:7777/callback",
                "http://127.0.0.1:99999/callback",
                "http://127.0.0.1:/callback",
                "http://127.0.0.1:7777\\@evil.example/callback",
                "http://127.0.0.1:7777/callback%2f",
                "http://0x7f.1:7777/callback",
                "http://2130706433/callback",
                "http://[::1]:7777/callback",
                "javascript:alert(1)",
                " http://127.0.0.1:7777/callback",
                "http://127.0.0.1:7777/callback\r\nSet-Cookie: a=b",
                ""
            })
    void redirectUriThatIsNotRegistered_isToldOnAPage(String redirectUri) {
        var answer = front.authorize(front.signIn(front.alice), Front.request("redirect_uri", redirectUri));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void redirectUriTwice_isToldOnAPage() {
        var query = Front.form(Front.request()) + "&redirect_uri=" + Front.encode("https://evil.example/");

        var answer = front.get("/authorize?" + query, front.signIn(front.alice));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void loopbackRedirectUri_mayHaveAnyPort() {
        var answer = front.allowed(
                front.signIn(front.alice), Front.request("redirect_uri", "http://127.0.0.1:65535/callback"));

        assertThat(answer).containsKey("code");
    }

    @Test
    void question_namesClientHostsAndScopes() {
        front.authorize(front.signIn(front.alice), web());

        assertThat(front.asked.clientName()).isEqualTo("Web client");
        assertThat(front.asked.redirectHost()).isEqualTo("app.example.com");
        assertThat(front.asked.formAction()).isEqualTo("https://app.example.com");
        assertThat(front.asked.scopes()).containsExactly(Scope.CALENDAR_READ, Scope.MAIL_SEND);
        assertThat(front.asked.alreadyGranted()).isEmpty();
    }

    @Test
    void sameAgain_isNotAskedForAnHttpsClient() {
        var cookie = front.signIn(front.alice);
        allowAll(cookie, web(), Front.WEB_CLIENT);

        var again = front.authorize(cookie, web());

        assertThat(again.statusCode()).isEqualTo(303);
        assertThat(Front.answer(again)).containsKey("code").containsEntry("iss", Front.ISSUER);
        assertThat(front.authorize(cookie, web("prompt", "consent")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sameAgain_isAskedForALocalClientSinceAnyProgramCouldBeIt() {
        var cookie = front.signIn(front.alice);
        allowAll(cookie, Front.request(), Front.CLIENT);

        assertThat(front.authorize(cookie, Front.request()).statusCode()).isEqualTo(200);
        assertThat(front.asked.alreadyGranted()).containsExactly(Scope.CALENDAR_READ, Scope.MAIL_SEND);
    }

    @Test
    void moreScopes_areAskedWithTheEarlierOnesListed() {
        var cookie = front.signIn(front.alice);
        allowAll(cookie, web(), Front.WEB_CLIENT);

        var page = front.authorize(cookie, web("scope", "mail:read"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(front.asked.scopes()).containsExactly(Scope.MAIL_READ);
        assertThat(front.asked.alreadyGranted()).containsExactly(Scope.CALENDAR_READ, Scope.MAIL_SEND);
    }

    @Test
    void consentOfOnePerson_isNotThatOfAnother() {
        allowAll(front.signIn(front.alice), web(), Front.WEB_CLIENT);

        assertThat(front.authorize(front.signIn(front.bob()), web()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void revokedConsent_isAskedAnew() {
        var cookie = front.signIn(front.alice);
        allowAll(cookie, web(), Front.WEB_CLIENT);

        front.server.grants().revokeAllOf(front.alice.id(), Front.WEB_CLIENT, "person");

        assertThat(front.authorize(cookie, web()).statusCode()).isEqualTo(200);
    }

    @Test
    void narrowedScopes_areAllThatTheClientGets() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());

        var code = Front.answer(
                        front.decide(cookie, front.asked.requestId(), "allow", Set.of("calendar:read", "mail:write")))
                .get("code");

        assertThat(Front.json(front.redeem(code)).path("scope").asString()).isEqualTo("calendar:read");
    }

    @Test
    void nothingLeft_isADenial() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());

        assertThat(Front.answer(front.decide(cookie, front.asked.requestId(), "allow", Set.of())))
                .containsEntry("error", "access_denied");
    }

    @Test
    void twoTabs_areBothAnswered() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request("state", "one"));
        var first = front.asked.requestId();
        front.authorize(cookie, Front.request("state", "two"));
        var second = front.asked.requestId();

        assertThat(Front.answer(front.decide(cookie, second, "allow", Set.of("calendar:read"))))
                .containsEntry("state", "two")
                .containsKey("code");
        assertThat(Front.answer(front.decide(cookie, first, "allow", Set.of("calendar:read"))))
                .containsEntry("state", "one")
                .containsKey("code");
    }

    @Test
    void answeredAtOnceFromManyTabs_givesOneCode() throws Exception {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());
        var id = front.asked.requestId();

        var statuses = Race.of(
                16,
                i -> front.decide(cookie, id, "allow", Set.of("calendar:read")).statusCode());

        assertThat(statuses).containsOnlyOnce(303);
    }

    @Test
    void questionOfAnotherBrowserOrPerson_isNotAnswered() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());
        var id = front.asked.requestId();

        for (var other : List.of(front.signIn(front.alice), front.signIn(front.bob()), "countersign_session=cs_bs_x")) {
            var answer = front.decide(other, id, "allow", Set.of("calendar:read"));
            assertThat(answer.statusCode()).isIn(400, 403);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
        assertThat(front.decide(cookie, id, "allow", Set.of("calendar:read")).statusCode())
                .isEqualTo(303);
    }

    @Test
    void answerWithoutTheFormsToken_isRefused() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());
        var body = "request=" + front.asked.requestId() + "&decision=allow&scope=calendar%3Aread";

        assertThat(front.post("/authorize/decision", body, "Cookie", cookie).statusCode())
                .isEqualTo(403);
        assertThat(front.post("/authorize/decision", body + "&csrf=wrong", "Cookie", cookie)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void answerAfterTenMinutes_isTooLate() {
        var cookie = front.signIn(front.alice);
        front.authorize(cookie, Front.request());
        front.clock.advance(Duration.ofMinutes(10));

        assertThat(front.decide(cookie, front.asked.requestId(), "allow", Set.of("calendar:read"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void headerInjectionThroughState_staysInTheValue() {
        var answer = front.allowed(front.signIn(front.alice), Front.request("state", "a&code=b#c d"));

        assertThat(answer).containsEntry("state", "a&code=b#c d");
        assertThat(Front.answer(
                        front.authorize(front.signIn(front.alice), Front.request("state", "a\r\nSet-Cookie: x=y"))))
                .containsEntry("error", "invalid_request");
    }
}
