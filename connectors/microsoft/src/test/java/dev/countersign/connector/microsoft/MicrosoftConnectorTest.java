package dev.countersign.connector.microsoft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosoftConnectorTest {
    private final MicrosoftConnector connector = new MicrosoftConnector();
    private final Provider provider = connector.provider(new Settings(Map.of()));

    @Test
    void connector_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::type))
                .contains(MicrosoftConnector.class);
    }

    @Test
    void noSettings_meanMicrosoftItselfAndEveryKindOfAccount() {
        var signIn = "https://login.microsoftonline.com/common/oauth2/v2.0/";
        assertThat(provider.authorize()).hasToString(signIn + "authorize");
        assertThat(provider.token()).hasToString(signIn + "token");
        assertThat(provider.revoke()).isEmpty();
        assertThat(provider.bases()).containsExactly(URI.create("https://graph.microsoft.com/v1.0/"));
        assertThat(provider.refresh()).isEqualTo(Provider.Refresh.ROTATING);
        assertThat(provider.identityScopes()).contains("offline_access", "User.Read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations", "contoso.onmicrosoft.com", "9188040d-6c67-4c5b-b112-36a304b66dad"})
    void tenant_standsInTheAddresses(String tenant) {
        var set = connector.provider(new Settings(Map.of("tenant", tenant)));
        assertThat(set.token()).hasToString("https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "x?y", "-x", "a b", "evil.example/@"})
    void tenantThatLeadsElsewhere_stopsTheStart(String tenant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.provider(new Settings(Map.of("tenant", tenant))))
                .withMessageContaining("'tenant'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://a/b", "http://user@host", "https://x?y", "microsoft"})
    void urlThatIsNoOrigin_stopsTheStart(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.provider(new Settings(Map.of("url", url))))
                .withMessageContaining("'url'");
    }

    @Test
    void readScopes_cannotWrite() {
        assertThat(provider.scopes().get("calendar:read")).allMatch(scope -> scope.endsWith(".Read"));
        assertThat(provider.scopes().get("mail:read")).containsExactly("Mail.Read");
        assertThat(provider.scopes().get("contacts:read")).allMatch(scope -> scope.endsWith(".Read"));
        assertThat(provider.scopes().get("files:read")).containsExactly("Files.Read");
        assertThat(provider.scopes().values().stream().flatMap(List::stream))
                .noneMatch(scope -> scope.endsWith(".All") || scope.contains("Directory"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://contoso-my.sharepoint.com/_layouts/15/download.aspx?tempauth=x",
                "https://public-sn3302.files.1drv.com/y2pcT7",
                "https://outlook.office.com/api/v2.0/Users('x')/AttachmentSessions('y')?authtoken=z"
            })
    void transfer_goesToMicrosoftsHosts(String address) {
        assertThat(provider.transfersTo(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://contoso-my.sharepoint.com/x",
                "https://evilsharepoint.com/x",
                "https://sharepoint.com.evil.example/x",
                "https://sharepoint.com@evil.example/x",
                "https://user@outlook.office.com/x",
                "https://outlook.office.com:8443/x",
                "https://127.0.0.1/x",
                "file:///etc/passwd",
                "https:x"
            })
    void transfer_goesNowhereElse(String address) {
        assertThat(provider.transfersTo(URI.create(address))).isFalse();
    }

    @Test
    void accountWithoutMailAddress_isNamedByItsPrincipalName() {
        try (var graph = new FakeGraph()) {
            graph.fail("GET /v1.0/me", 200, """
                {"id": "87d3", "displayName": null, "mail": null, "userPrincipalName": "x@example.onmicrosoft.com"}
                """, Map.of());
            assertThat(connector.identity(graph.upstream(FakeGraph.ALICE)))
                    .isEqualTo(
                            new Connector.Identity("87d3", "x@example.onmicrosoft.com", "x@example.onmicrosoft.com"));
        }
    }
}
