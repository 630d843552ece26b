package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Connector.Identity;
import dev.countersign.connector.Settings;
import dev.countersign.store.Sql;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a link to GitHub, whose answers have the shapes of its documents: "Delete an app authorization". */
class GitHubDisconnectTest {
    private final MockWebServer github = new MockWebServer();

    @TempDir
    Path folder;

    private LinkFront front;
    private LinkedAccount account;
    private LinkableProvider linkable;

    @BeforeEach
    void start() throws IOException {
        github.start();
        var connector = ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.id().equals("github"))
                .findFirst()
                .orElseThrow();
        var url = "http://" + github.getHostName() + ":" + github.getPort();
        linkable = new LinkableProvider(
                connector, connector.provider(new Settings(Map.of("url", url))), "Iv1.client", Secret.of("secret"));
        front = new LinkFront(folder, List.of(linkable));
        account = front.connections.link(new NewLink(
                front.alice.id(),
                linkable,
                new Identity("1", "alice@users.noreply.github.com", "Alice"),
                "",
                Set.of(),
                new TokenAnswer(
                        Secret.of("ghu_1"),
                        Optional.of(Secret.of("ghr_1")),
                        Optional.of(Duration.ofHours(8)),
                        Optional.of(""))));
    }

    @AfterEach
    void stop() {
        front.close();
        github.close();
    }

    private void answer(int status, String body) {
        github.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .build());
    }

    private String disconnected() {
        try (var browser = front.browser()) {
            var asked = front.open(browser, LinkFront.ALICE, "/connections/" + account.id() + "/disconnect");
            var done = browser.press(asked, "Disconnect " + account.label(), Map.of());
            assertThat(front.connections.of(front.alice.id())).isEmpty();
            return done.text();
        }
    }

    private int kept() {
        return front.database.read(c -> Sql.first(c, "SELECT count(*) FROM revocation", row -> row.getInt(1))
                .orElseThrow());
    }

    private static void isDeletion(RecordedRequest request, String accessToken) {
        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getUrl().encodedPath()).isEqualTo("/api/v3/applications/Iv1.client/grant");
        assertThat(request.getHeaders().get("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("Iv1.client:secret".getBytes(StandardCharsets.UTF_8)));
        assertThat(Optional.ofNullable(request.getBody()).orElseThrow().utf8())
                .isEqualTo("{\"access_token\":\"" + accessToken + "\"}");
    }

    @Test
    void gitHubConfirms_saysSo() throws Exception {
        github.enqueue(new MockResponse.Builder().code(204).build());
        assertThat(disconnected()).contains("GitHub confirmed that the keys");
        isDeletion(github.takeRequest(), "ghu_1");
        assertThat(kept()).isZero();
    }

    @Test
    void accessTokenIsOver_isRenewedFirst() throws Exception {
        front.clock.advance(Duration.ofHours(9));
        answer(200, """
            {"access_token": "ghu_2", "expires_in": 28800, "refresh_token": "ghr_2", "refresh_token_expires_in": 15811200,
             "scope": "", "token_type": "bearer"}
            """);
        github.enqueue(new MockResponse.Builder().code(204).build());
        assertThat(disconnected()).contains("GitHub confirmed");
        assertThat(github.takeRequest().getUrl().encodedPath()).isEqualTo("/login/oauth/access_token");
        isDeletion(github.takeRequest(), "ghu_2");
    }

    @Test
    void accessTokenIsOverAndCannotBeRenewed_disconnectsAndSaysWhatRemains() {
        front.clock.advance(Duration.ofHours(9));
        answer(200, "{\"error\": \"bad_refresh_token\"}");
        answer(404, "{\"message\": \"Not Found\", \"documentation_url\": \"https://docs.github.com/rest\"}");
        assertThat(disconnected()).contains("did not take the key");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 422})
    void gitHubDoesNotKnowTheToken_saysWhereToEndWhatRemains(int status) {
        answer(status, "{\"message\": \"Not its words\", \"documentation_url\": \"https://docs.github.com/rest\"}");
        assertThat(disconnected())
                .contains("GitHub did not take the key", "may stand still", "/settings/apps/authorizations")
                .doesNotContain("Not its words");
        assertThat(kept()).as("asking again with the same token is of no use").isZero();
        assertThat(front.audit).anySatisfy(event -> assertThat(event.detail()).containsEntry("revocation", "refused"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 502})
    void gitHubFails_disconnectsHereAndAsksAgain(int status) throws Exception {
        answer(status, "{\"message\": \"Not its words\"}");
        assertThat(disconnected())
                .contains("GitHub did not confirm", "/settings/apps/authorizations")
                .doesNotContain("Not its words");
        isDeletion(github.takeRequest(), "ghu_1");
        assertThat(kept()).isOne();

        github.enqueue(new MockResponse.Builder().code(204).build());
        front.clock.advance(Duration.ofMinutes(2));
        front.connections.sweep();
        isDeletion(github.takeRequest(), "ghu_1");
        assertThat(kept()).isZero();
    }

    /** Another account of the same person may live by what they allowed. */
    @Test
    void consentThatNoAccountCameOf_endsNothing() {
        front.connections.discard(
                linkable,
                front.alice.id(),
                new TokenAnswer(Secret.of("ghu_3"), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(github.getRequestCount()).isZero();
        assertThat(kept()).isZero();
    }
}
