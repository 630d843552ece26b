package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authorization code with PKCE (RFC 6749 section 4.1, RFC 7636), refresh (section 6), revocation (RFC 7009). */
class OAuthTest {
    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void allow_answersWithCodeStateAndIssuer() {
        var answer = bench.consent(bench.request("profile mail.read"), "alice@example.com", "allow", "mail.read");
        assertThat(answer).containsEntry("state", "st&te").containsEntry("iss", bench.origin.toString());
        assertThat(answer.get("code")).isNotEmpty();
    }

    @Test
    void deny_answersAccessDenied() {
        var answer = bench.consent(bench.request("mail.read"), "alice@example.com", "deny", "mail.read");
        assertThat(answer)
                .containsEntry("error", "access_denied")
                .containsEntry("state", "st&te")
                .containsEntry("iss", bench.origin.toString());
    }

    @Test
    void codeExchanged_givesTokensThatRead() {
        var tokens = bench.link("alice@example.com");
        assertThat(tokens.scope()).isEqualTo(Bench.EVERYTHING);
        var info = bench.api("GET", "userinfo", tokens.access());
        assertThat(info.body()).contains("\"email\":\"alice@example.com\"");
        assertThat(info.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void codeUsedTwice_endsItsTokens() {
        var code = bench.code("alice@example.com", Bench.EVERYTHING);
        var tokens = Bench.tokens(bench.token(Bench.exchange(code)));
        assertInvalidGrant(bench.token(Bench.exchange(code)));
        assertThat(bench.api("GET", "userinfo", tokens.access()).statusCode()).isEqualTo(401);
        assertInvalidGrant(bench.token(Bench.refresh(tokens.refresh())));
    }

    @Test
    void codeExpired_isRefused() {
        var code = bench.code("alice@example.com", "profile");
        bench.clock.advance(Grants.CODE_LIFETIME);
        assertInvalidGrant(bench.token(Bench.exchange(code)));
    }

    @Test
    void wrongVerifier_isRefusedAndLeavesTheCode() {
        var code = bench.code("alice@example.com", "profile");
        var wrong = new HashMap<>(Bench.exchange(code));
        wrong.put("code_verifier", "w".repeat(43));
        assertInvalidGrant(bench.token(wrong));
        assertThat(bench.token(Bench.exchange(code)).statusCode()).isEqualTo(200);
    }

    @Test
    void otherRedirectAtTokenEndpoint_isRefused() {
        var wrong = new HashMap<>(Bench.exchange(bench.code("alice@example.com", "profile")));
        wrong.put("redirect_uri", Bench.REDIRECT + "/");
        assertInvalidGrant(bench.token(wrong));
    }

    @Test
    void unregisteredRedirect_isToldHereAndNeverRedirected() {
        for (var redirect : List.of(
                Bench.REDIRECT + "/",
                "http://localhost:8484/CONNECT/callback",
                "http://evil.example/connect/callback")) {
            var request = bench.request("profile");
            request.put("redirect_uri", redirect);
            var page = new Visitor(bench.origin).get("/authorize?" + Visitor.encoded(request));
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.headers().firstValue("location")).isEmpty();
        }
    }

    @Test
    void repeatedRedirectParameter_isRefused() {
        var address = "/authorize?" + Visitor.encoded(bench.request("profile")) + "&redirect_uri=http://evil.example/";
        assertThat(new Visitor(bench.origin).get(address).statusCode()).isEqualTo(400);
    }

    @Test
    void unknownClient_isToldHere() {
        var request = bench.request("profile");
        request.put("client_id", "somebody");
        var page = new Visitor(bench.origin).get("/authorize?" + Visitor.encoded(request));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("location")).isEmpty();
    }

    @Test
    void requestWithoutS256_isAnsweredWithAnError() {
        for (var method : List.of("plain", "s256", "")) {
            var request = bench.request("profile");
            request.put("code_challenge_method", method);
            assertThat(Bench.answer(new Visitor(bench.origin).get("/authorize?" + Visitor.encoded(request))))
                    .containsEntry("error", "invalid_request")
                    .containsEntry("iss", bench.origin.toString());
        }
    }

    @Test
    void unknownScope_isAnsweredWithInvalidScope() {
        var answer = new Visitor(bench.origin).get("/authorize?" + Visitor.encoded(bench.request("profile root")));
        assertThat(Bench.answer(answer)).containsEntry("error", "invalid_scope");
    }

    @Test
    void promptNone_neverShowsAPage() {
        var request = bench.request("profile");
        request.put("prompt", "none");
        assertThat(Bench.answer(new Visitor(bench.origin).get("/authorize?" + Visitor.encoded(request))))
                .containsEntry("error", "login_required");
    }

    @Test
    void untickedScopes_areNotGranted() {
        var answer =
                bench.consent(bench.request("profile mail.read mail.send"), "alice@example.com", "allow", "mail.read");
        var tokens = Bench.tokens(bench.token(Bench.exchange(answer.get("code"))));
        assertThat(tokens.scope()).isEqualTo("profile mail.read");
        var refused = bench.api("POST", "mail/send", tokens.access());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("insufficient_scope", "mail.send"));
    }

    @Test
    void formWithMoreScopesThanAsked_grantsOnlyWhatWasAsked() {
        var answer =
                bench.consent(bench.request("profile mail.read"), "alice@example.com", "allow", "mail.read mail.send");
        assertThat(Bench.tokens(bench.token(Bench.exchange(answer.get("code")))).scope())
                .isEqualTo("profile mail.read");
    }

    @Test
    void includeGrantedScopes_addsWhatWasAllowedBefore() {
        bench.token(Bench.exchange(bench.code("alice@example.com", "profile calendar.read")));
        var request = bench.request("mail.read");
        request.put("include_granted_scopes", "true");
        var answer = bench.consent(request, "alice@example.com", "allow", "mail.read calendar.read");
        assertThat(Bench.tokens(bench.token(Bench.exchange(answer.get("code")))).scope())
                .isEqualTo("profile calendar.read mail.read");
    }

    @Test
    void refresh_givesANewPairAndEndsTheOldToken() {
        var first = bench.link("alice@example.com");
        var second = Bench.tokens(bench.token(Bench.refresh(first.refresh())));
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(bench.api("GET", "userinfo", second.access()).statusCode()).isEqualTo(200);
    }

    @Test
    void refreshTokenReused_endsTheWholeFamilyAndNoOther() {
        var other = bench.link("alice@example.com");
        var first = bench.link("alice@example.com");
        var second = Bench.tokens(bench.token(Bench.refresh(first.refresh())));
        assertInvalidGrant(bench.token(Bench.refresh(first.refresh())));
        assertInvalidGrant(bench.token(Bench.refresh(second.refresh())));
        assertThat(bench.api("GET", "userinfo", second.access()).statusCode()).isEqualTo(401);
        assertThat(bench.api("GET", "userinfo", other.access()).statusCode()).isEqualTo(200);
    }

    @Test
    void refreshedBySixtyFourAtOnce_hasOneWinner() throws Exception {
        var tokens = bench.link("alice@example.com");
        var ready = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> attempt = () -> {
                ready.await();
                return bench.token(Bench.refresh(tokens.refresh())).statusCode();
            };
            var answers = java.util.stream.Stream.generate(() -> threads.submit(attempt))
                    .limit(64)
                    .toList();
            ready.countDown();
            var won = 0;
            for (var answer : answers) {
                won += answer.get() == 200 ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void refreshWithMoreScopes_isRefusedAndLeavesTheToken() {
        var tokens = Bench.tokens(bench.token(Bench.exchange(bench.code("alice@example.com", "profile mail.read"))));
        var wider = new HashMap<>(Bench.refresh(tokens.refresh()));
        wider.put("scope", "profile mail.send");
        assertThat(bench.token(wider).body()).contains("invalid_scope");
        assertThat(bench.token(Bench.refresh(tokens.refresh())).statusCode()).isEqualTo(200);
    }

    @Test
    void accessTokenPastItsLife_isRefused() {
        var tokens = bench.link("alice@example.com");
        bench.clock.advance(Duration.ofMinutes(5));
        assertThat(bench.api("GET", "userinfo", tokens.access()).statusCode()).isEqualTo(401);
    }

    @Test
    void wrongSecret_isInvalidClient() {
        var answer = bench.sent(HttpRequest.newBuilder(bench.origin.resolve("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic "
                                + java.util.Base64.getEncoder()
                                        .encodeToString(
                                                (bench.running.clientId() + ":wrong").getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&refresh_token=x")));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_client");
    }

    @Test
    void secretInTheBody_isRefused() {
        var form = new HashMap<>(Bench.refresh("x"));
        form.put("client_secret", bench.running.clientSecret());
        assertThat(bench.token(form).statusCode()).isEqualTo(400);
    }

    @Test
    void revokedToken_endsItsFamily_andUnknownOnesAreAnsweredTheSame() {
        var tokens = bench.link("alice@example.com");
        assertThat(bench.revoke(tokens.refresh()).statusCode()).isEqualTo(200);
        assertThat(bench.api("GET", "userinfo", tokens.access()).statusCode()).isEqualTo(401);
        assertThat(bench.revoke("unknown").statusCode()).isEqualTo(200);
    }

    @Test
    void metadata_namesWhatIsThere() {
        var metadata = bench.sent(
                        HttpRequest.newBuilder(bench.origin.resolve("/.well-known/oauth-authorization-server")))
                .body();
        assertThat(metadata)
                .contains("\"issuer\":\"" + bench.origin + "\"")
                .contains("\"code_challenge_methods_supported\":[\"S256\"]")
                .contains("\"authorization_response_iss_parameter_supported\":true");
    }

    @Test
    void restart_keepsClientLinksAndReuseDetection() throws IOException {
        var first = bench.link("alice@example.com");
        var second = Bench.tokens(bench.token(Bench.refresh(first.refresh())));
        var id = bench.running.clientId();
        bench.close();
        bench = new Bench(folder);
        assertThat(bench.running.clientId()).isEqualTo(id);
        var third = Bench.tokens(bench.token(Bench.refresh(second.refresh())));
        assertThat(third.scope()).isEqualTo(Bench.EVERYTHING);
        assertInvalidGrant(bench.token(Bench.refresh(first.refresh())));
        assertInvalidGrant(bench.token(Bench.refresh(third.refresh())));
    }

    @Test
    void folder_holdsNoTokenCodeOrPasswordInPlainText() throws IOException {
        var code = bench.code("alice@example.com", Bench.EVERYTHING);
        var tokens = Bench.tokens(bench.token(Bench.exchange(code)));
        var inDatabase = List.of(code, tokens.access(), tokens.refresh(), Bench.PASSWORD, bench.running.clientSecret());
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(inDatabase.subList(0, 4)).noneMatch(bytes::contains);
                if (!file.endsWith("client-secret")) {
                    assertThat(bytes).doesNotContain(bench.running.clientSecret());
                }
                assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            }
        }
    }

    private static void assertInvalidGrant(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_grant");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    }
}
