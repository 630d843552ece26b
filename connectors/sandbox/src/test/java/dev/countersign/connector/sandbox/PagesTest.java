package dev.countersign.connector.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    @TempDir
    Path folder;

    private Bench bench;
    private Visitor visitor;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
        visitor = new Visitor(bench.origin);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void everyPage_hasItsHeadersAndNoScript() {
        visitor.signIn("/", "alice@example.com", Bench.PASSWORD);
        var consent = "/authorize?" + Visitor.encoded(bench.request("profile mail.send"));
        for (var address : List.of(
                "/",
                "/sent",
                "/calendar",
                "/files",
                "/sign-in",
                consent,
                "/mail/unknown",
                "/files/tender",
                "/authorize")) {
            var page = visitor.get(address);
            assertThat(page.headers().firstValue("content-security-policy"))
                    .as(address)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"));
            assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
            assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
            assertThat(page.headers().firstValue("cache-control")).contains("no-store");
            assertThat(page.body()).contains("practice provider").doesNotContain("<script");
        }
    }

    @Test
    void consentPage_namesClientAccountAndScopesInWords_andMayRedirectToTheClientOnly() {
        visitor.signIn("/", "alice@example.com", Bench.PASSWORD);
        var page = visitor.get("/authorize?" + Visitor.encoded(bench.request("profile mail.send files.read")));
        assertThat(page.body())
                .contains("Countersign", "alice@example.com", "Send mail as you", ">Allow<", ">Deny<")
                .contains("Read your files and those shared with you");
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("form-action 'self' http://localhost:8484;"));
    }

    @Test
    void notSignedIn_isSentToSignInAndBack() {
        var address = "/authorize?" + Visitor.encoded(bench.request("profile"));
        var redirect = visitor.get(address);
        assertThat(redirect.statusCode()).isEqualTo(303);
        assertThat(redirect.headers().firstValue("location").orElseThrow()).startsWith("/sign-in?next=");
        assertThat(visitor.signIn(address, "alice@example.com", Bench.PASSWORD)
                        .headers()
                        .firstValue("location"))
                .contains(address);
    }

    @Test
    void addressOfAnotherSite_isNeverTheNextOne() {
        for (var next : List.of("https://evil.example/", "//evil.example", "/\\evil.example", "/sign-out")) {
            assertThat(new Visitor(bench.origin)
                            .signIn(next, "alice@example.com", Bench.PASSWORD)
                            .headers()
                            .firstValue("location"))
                    .contains("/");
        }
    }

    @Test
    void formWithoutItsToken_isRefused() {
        var answer = visitor.post("/sign-in", Map.of("email", "alice@example.com", "password", Bench.PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void consentFormOfAnotherBrowser_isRefused() {
        visitor.signIn("/", "alice@example.com", Bench.PASSWORD);
        var page = visitor.get("/authorize?" + Visitor.encoded(bench.request("profile mail.send")));
        var form = Visitor.hidden(page.body());
        form.put("decision", "allow");
        var other = new Visitor(bench.origin);
        other.signIn("/", "bob@example.com", Bench.PASSWORD);
        assertThat(other.post("/authorize", form).statusCode()).isEqualTo(403);
    }

    @Test
    void anotherAccount_canBeChosenOnTheConsentPage() {
        visitor.signIn("/", "alice@example.com", Bench.PASSWORD);
        var page = visitor.get("/authorize?" + Visitor.encoded(bench.request("profile")));
        var form = Visitor.hidden(page.body());
        form.put("decision", "switch");
        assertThat(visitor.post("/authorize", form)
                        .headers()
                        .firstValue("location")
                        .orElseThrow())
                .startsWith("/sign-in?next=%2Fauthorize");
        assertThat(visitor.get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void wrongPasswordTenTimes_mustWait() {
        for (var i = 0; i < 10; i++) {
            assertThat(visitor.signIn("/", "bob@example.com", "wrong").statusCode())
                    .isEqualTo(401);
        }
        assertThat(visitor.signIn("/", "bob@example.com", Bench.PASSWORD).statusCode())
                .isEqualTo(429);
        bench.clock.advance(java.time.Duration.ofMinutes(6));
        assertThat(visitor.signIn("/", "bob@example.com", Bench.PASSWORD).statusCode())
                .isEqualTo(303);
    }

    @Test
    void mailbox_showsOwnMailEscaped() {
        bench.control(
                "POST",
                "mail",
                "{\"person\":\"alice@example.com\",\"from\":\"x@stranger.example\",\"subject\":\"<b>bold</b>\",\"text\":\"t\"}");
        visitor.signIn("/", "alice@example.com", Bench.PASSWORD);
        assertThat(visitor.get("/").body()).contains("&lt;b&gt;bold").doesNotContain("<b>bold");
        var bob = new Visitor(bench.origin);
        bob.signIn("/", "bob@example.com", Bench.PASSWORD);
        assertThat(bob.get("/").body()).doesNotContain("bold");
    }

    @Test
    void files_areShownToThoseWhoMaySeeThem() {
        visitor.signIn("/", "alice@example.com", Bench.PASSWORD);
        assertThat(visitor.get("/files").body())
                .contains("href=\"/files/atlasplan\"", "Nora Feld, Brightline Audit")
                .doesNotContain("Suppliers.csv");
        assertThat(visitor.get("/files/atlasplan").body())
                .contains("Alice Andersson &lt;alice@example.com&gt;", "Baixa-Chiado");
        assertThat(visitor.get("/files/panelb5").body()).contains("This file is not text.");
        assertThat(visitor.get("/files/suppliers").statusCode()).isEqualTo(404);
    }

    @Test
    void colleagueWithoutPassword_cannotSignIn() {
        assertThat(visitor.signIn("/", "carla@example.com", Bench.PASSWORD).statusCode())
                .isEqualTo(401);
    }

    @Test
    void otherHost_isMisdirected() {
        var answer = bench.sent(
                HttpRequest.newBuilder(java.net.URI.create("http://localhost:" + bench.origin.getPort() + "/sign-in")));
        assertThat(answer.statusCode()).isEqualTo(421);
    }
}
