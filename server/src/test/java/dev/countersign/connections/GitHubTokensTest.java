package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connections.TokenEndpointException.Kind;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Settings;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What GitHub's token endpoint answers, in the shapes of its documents: no refresh token for apps of the older kind, an
 * empty scope for those of the newer, and errors with 200.
 */
class GitHubTokensTest {
    private final MockWebServer server = new MockWebServer();
    private final Transport transport = new Transport();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private LinkableProvider github(String app) {
        var connector = ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.id().equals("github"))
                .findFirst()
                .orElseThrow();
        var url = "http://" + server.getHostName() + ":" + server.getPort();
        var provider = connector.provider(new Settings(Map.of("url", url, "app", app)));
        return new LinkableProvider(connector, provider, "Iv1.client", Secret.of("secret"));
    }

    private ProviderClient client(LinkableProvider github) {
        return new ProviderClient(github, "http://localhost/connect/github/callback", transport);
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .build());
    }

    private TokenAnswer exchanged(LinkableProvider github) {
        return client(github).exchange(Secret.of("code"), Secret.of("verifier"));
    }

    @Test
    void tokenOfAGitHubApp_expiresAndGivesWhatTheAppMay() throws InterruptedException {
        answer("""
            {"access_token": "ghu_1", "expires_in": 28800, "refresh_token": "ghr_1", "refresh_token_expires_in": 15811200,
             "scope": "", "token_type": "bearer"}
            """);
        var github = github("github-app");
        var answer = exchanged(github);
        assertThat(answer.lifetime()).contains(Duration.ofHours(8));
        assertThat(answer.refresh()).isPresent();
        assertThat(github.ourScopes(answer.granted(github.providerScopes(Set.of("github:read")))))
                .containsExactlyInAnyOrder("github:read", "github:write");
        assertThat(server.takeRequest().getHeaders().get("Accept")).isEqualTo("application/json");
    }

    @Test
    void tokenOfAnOAuthApp_staysAndHasNoRefreshToken() {
        answer("""
            {"access_token": "gho_1", "scope": "repo,user:email", "token_type": "bearer"}
            """);
        var github = github("oauth-app");
        var answer = exchanged(github);
        assertThat(answer.lifetime()).isEmpty();
        assertThat(answer.refresh()).isEmpty();
        assertThat(github.ourScopes(answer.granted(Set.of()))).contains("github:read", "github:write");
    }

    @Test
    void boxesLeftUnticked_giveNoScopeOfOurs() {
        answer("""
            {"access_token": "gho_1", "scope": "user:email", "token_type": "bearer"}
            """);
        var github = github("oauth-app");
        assertThat(github.ourScopes(exchanged(github).granted(Set.of("repo")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bad_refresh_token, INVALID_GRANT",
        "bad_verification_code, INVALID_GRANT",
        "incorrect_client_credentials, REFUSED",
        "redirect_uri_mismatch, REFUSED",
        "unverified_user_email, REFUSED"
    })
    void errorWith200_isAnError(String error, Kind kind) {
        answer("""
            {"error": "%s", "error_description": "Own words.", "error_uri": "https://docs.github.com/"}
            """.formatted(error));
        var failure = catchThrowableOfType(
                TokenEndpointException.class, () -> client(github("github-app")).refresh(Secret.of("ghr_1")));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).message().doesNotContain("Own words");
    }

    @Test
    void authorization_asksAGitHubAppForNoScope() {
        var github = github("github-app");
        var url = client(github)
                .authorizationUrl(
                        Secret.of("state"), Secret.of("verifier"), github.providerScopes(Set.of("github:read")));
        assertThat(url.getPath()).isEqualTo("/login/oauth/authorize");
        assertThat(url.getQuery()).contains("client_id=Iv1.client", "code_challenge_method=S256");
        assertThat(url.getQuery()).doesNotContain("repo");
    }
}
