package dev.countersign.connector.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Connector.Identity;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Revocation;
import dev.countersign.connector.Settings;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubConnectorTest {
    private final GitHubConnector connector = new GitHubConnector();

    private Provider provider(Map<String, String> settings) {
        return connector.provider(new Settings(settings));
    }

    @Test
    void connector_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::type))
                .contains(GitHubConnector.class);
    }

    @Test
    void noSettings_meanAGitHubAppAtGitHubCom() {
        var provider = provider(Map.of());
        assertThat(provider.authorize()).hasToString("https://github.com/login/oauth/authorize");
        assertThat(provider.token()).hasToString("https://github.com/login/oauth/access_token");
        assertThat(provider.api()).hasToString("https://api.github.com/");
        assertThat(provider.refresh()).isEqualTo(Provider.Refresh.SINGLE_USE);
    }

    /** The answer's scope is empty: what the token may do is the app's permissions. */
    @Test
    void gitHubApp_asksNoScopes() {
        var provider = provider(Map.of("app", "github-app"));
        assertThat(provider.scopes())
                .containsOnly(Map.entry("github:read", List.of()), Map.entry("github:write", List.of()));
        assertThat(provider.identityScopes()).isEmpty();
    }

    @Test
    void oauthApp_asksForRepositoriesAndTheAddress() {
        var provider = provider(Map.of("app", "oauth-app"));
        assertThat(provider.scopes().get("github:read")).containsExactly("repo");
        assertThat(provider.identityScopes()).containsExactly("user:email");
    }

    @Test
    void urlOfAnEnterpriseServer_hasItsApiBelowIt() {
        var provider = provider(Map.of("url", "https://github.example.com/"));
        assertThat(provider.token()).hasToString("https://github.example.com/login/oauth/access_token");
        assertThat(provider.api()).hasToString("https://github.example.com/api/v3/");
    }

    @ParameterizedTest
    @CsvSource({
        "github-app, '', https://api.github.com/applications/Iv1.a/grant,"
                + " https://github.com/settings/apps/authorizations",
        "oauth-app, '', https://api.github.com/applications/Iv1.a/grant, https://github.com/settings/applications",
        "oauth-app, https://git.example.com, https://git.example.com/api/v3/applications/Iv1.a/grant,"
                + " https://git.example.com/settings/applications"
    })
    void whatWasAllowed_isEndedAtTheClientsAddressOrByHand(String app, String url, String address, String page) {
        var revocation = provider(Map.of("app", app, "url", url)).revoke().orElseThrow();
        assertThat(revocation).isInstanceOfSatisfying(Revocation.OfGrant.class, grant -> {
            assertThat(grant.of("Iv1.a")).hasToString(address);
            assertThat(grant.page()).hasToString(page);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://a/b", "http://user@host", "https://x?y", "github"})
    void urlThatIsNoOrigin_stopsTheStart(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider(Map.of("url", url)))
                .withMessageContaining("'url'");
    }

    @Test
    void appOfNoKind_stopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> provider(Map.of("app", "token")))
                .withMessageContaining("'app'");
    }

    @Test
    void identity_hasThePrimaryAddress() {
        try (var github = new FakeGitHub()) {
            assertThat(connector.identity(github.upstream(FakeGitHub.ALICE)))
                    .isEqualTo(new Identity("583231", "alice@example.com", "Person alice"));
        }
    }

    @Test
    void identityWithoutTheRightToSeeAddresses_hasTheOneThatGitHubGives() {
        try (var github = new FakeGitHub()) {
            github.fail("GET", "/emails", 403, Refused.message("Resource not accessible by integration"), Map.of());
            assertThat(connector.identity(github.upstream(FakeGitHub.ALICE)).address())
                    .isEqualTo("583231+alice@users.noreply.github.com");
        }
    }

    @Test
    void setup_namesTheRedirectAddress() {
        var redirect = java.net.URI.create("https://sign.example.com/connect/github/callback");

        assertThat(new GitHubConnector().setup(redirect).steps())
                .anyMatch(step -> step.lines().anyMatch(redirect.toString()::equals));
    }
}
