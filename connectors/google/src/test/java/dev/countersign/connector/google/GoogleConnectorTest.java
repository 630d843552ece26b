package dev.countersign.connector.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Revocation;
import dev.countersign.connector.Settings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleConnectorTest {
    private final GoogleConnector connector = new GoogleConnector();
    private final Provider provider = connector.provider(new Settings(Map.of()));

    @Test
    void connector_isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Connector.class).stream().map(ServiceLoader.Provider::type))
                .contains(GoogleConnector.class);
    }

    @Test
    void noSettings_meanGoogleItself() {
        assertThat(provider.authorize()).hasToString("https://accounts.google.com/o/oauth2/v2/auth");
        assertThat(provider.token()).hasToString("https://oauth2.googleapis.com/token");
        assertThat(provider.revoke())
                .contains(new Revocation.OfToken(URI.create("https://oauth2.googleapis.com/revoke")));
        assertThat(provider.issuer()).contains("https://accounts.google.com");
        assertThat(provider.bases())
                .extracting(URI::toString)
                .containsExactlyInAnyOrder(
                        "https://www.googleapis.com/",
                        "https://gmail.googleapis.com/",
                        "https://people.googleapis.com/");
    }

    @Test
    void refreshToken_comesOfflineAndStays() {
        assertThat(provider.refresh()).isEqualTo(Provider.Refresh.STABLE);
        assertThat(provider.authorizeParameters())
                .containsEntry("access_type", "offline")
                .containsEntry("include_granted_scopes", "true")
                .containsEntry("prompt", "select_account");
    }

    @Test
    void readScopes_cannotWrite() {
        var auth = "https://www.googleapis.com/auth/";
        assertThat(provider.scopes().get("calendar:read")).containsExactly(auth + "calendar.readonly");
        assertThat(provider.scopes().get("mail:read")).containsExactly(auth + "gmail.readonly");
        assertThat(provider.scopes().get("mail:send")).containsExactly(auth + "gmail.send");
        assertThat(provider.scopes().get("files:read")).containsExactly(auth + "drive.readonly");
        assertThat(provider.scopes().get("contacts:read")).allMatch(scope -> scope.endsWith("readonly"));
        assertThat(provider.scopes().values().stream().flatMap(List::stream))
                .doesNotContain(auth + "calendar", auth + "drive", "https://mail.google.com/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://a/b", "http://user@host", "https://x?y", "google"})
    void urlThatIsNoOrigin_stopsTheStart(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.provider(new Settings(Map.of("url", url))))
                .withMessageContaining("'url'");
    }

    @Test
    void identityWithoutName_isNamedByItsAddress() {
        try (var google = new FakeGoogle()) {
            google.fail("/oauth2", 200, "{\"id\": \"117\", \"email\": \"x@example.com\"}", Map.of());
            assertThat(connector.identity(google.upstream(FakeGoogle.ALICE)))
                    .isEqualTo(new Connector.Identity("117", "x@example.com", "x@example.com"));
        }
    }
}
