package dev.countersign.connector.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connector.Provider;
import dev.countersign.connector.Settings;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.testkit.TestUpstream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a host that takes access tokens, and whose account it is. */
class HostsConnectorTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "authorize-url", "https://id.example.com/authorize",
            "token-url", "https://id.example.com/token",
            "userinfo-url", "https://id.example.com/oidc/userinfo",
            "identity-scopes", "openid email",
            "imap", "imaps://imap.example.com:993",
            "imap-scope", "mail",
            "smtp", "smtps://smtp.example.com:465",
            "smtp-scope", "submit");

    private final HostsConnector connector = new HostsConnector();

    private Provider provider(String key, String value) {
        var settings = new HashMap<>(SETTINGS);
        settings.put(key, value);
        return connector.provider(new Settings(settings));
    }

    @Test
    void settings_giveTheServersAndWhatEachWants() {
        var provider = provider("caldav", "https://dav.example.com/dav");
        assertThat(provider.api()).isEqualTo(URI.create("https://id.example.com/oidc/"));
        assertThat(provider.apis())
                .containsOnly(
                        Map.entry("imap", URI.create("imaps://imap.example.com:993/")),
                        Map.entry("smtp", URI.create("smtps://smtp.example.com:465/")),
                        Map.entry("caldav", URI.create("https://dav.example.com/dav/")));
        assertThat(provider.scopes())
                .containsOnly(
                        Map.entry("mail:read", List.of("mail")),
                        Map.entry("mail:write", List.of("mail")),
                        Map.entry("mail:send", List.of("mail", "submit")),
                        Map.entry("calendar:read", List.of()),
                        Map.entry("calendar:write", List.of()));
        assertThat(provider.identityScopes()).containsExactly("openid", "email");
    }

    @ParameterizedTest
    @CsvSource({
        "authorize-url, http://id.example.com/authorize",
        "token-url, https://user@id.example.com/token",
        "userinfo-url, https://id.example.com/me",
        "imap, https://imap.example.com/",
        "imap, imaps://imap.example.com:993/?x=1",
        "smtp, imaps://smtp.example.com",
        "caldav, dav.example.com",
        "refresh, sometimes",
        "authorize-parameters, offline"
    })
    void mistake_isNamed(String key, String value) {
        assertThatThrownBy(() -> provider(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key + "'");
    }

    @Test
    void noServer_isAMistake() {
        var settings = new HashMap<>(SETTINGS);
        settings.keySet().removeAll(List.of("imap", "smtp"));
        assertThatThrownBy(() -> connector.provider(new Settings(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no server");
    }

    private String address(String json) {
        try (var server = new MockWebServer()) {
            server.enqueue(new MockResponse.Builder().body(json).build());
            server.start();
            var nowhere = URI.create("http://127.0.0.1:9/");
            var provider = Provider.oauth2(nowhere, nowhere, server.url("/").uri());
            return connector
                    .identity(new TestUpstream(provider, "nobody", MailHost.PASSWORD, name -> {
                        throw new IllegalStateException(name);
                    }))
                    .address();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void account_isNamedByItsAddress() {
        assertThat(address("{\"sub\": \"1\", \"email\": \"alice@example.com\", \"name\": \"Alice\"}"))
                .isEqualTo("alice@example.com");
        assertThat(address("{\"sub\": \"1\", \"preferred_username\": \"alice@example.com\"}"))
                .isEqualTo("alice@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\": \"1\"}",
                "{\"sub\": \"1\", \"email\": \"alice\"}",
                "{\"sub\": \"1\", \"email\": \"alice@example.com\\u0001auth=Bearer x\"}",
                "{\"sub\": \"1\", \"email\": \"alice@example.com\\r\\nA LOGOUT\"}"
            })
    void accountWithoutAnAddress_isRefused(String json) {
        var failure = catchThrowableOfType(UpstreamException.class, () -> address(json));
        assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
        assertThat(failure.getMessage()).doesNotContain("alice");
    }
}
