package dev.countersign.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.connections.TokenEndpointException.Kind;
import dev.countersign.connector.Provider;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.URI;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token endpoint's refusals mean. RFC 6749 section 5.2, OpenID Connect Core section 3.1.2.6. */
class ProviderClientTest {
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

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, INVALID_GRANT",
        "400, interaction_required, INVALID_GRANT",
        "400, consent_required, INVALID_GRANT",
        "401, invalid_client, REFUSED",
        "400, invalid_request, REFUSED",
        "429, slow_down, LATER",
        "503, temporarily_unavailable, UNCERTAIN"
    })
    void error_becomesItsKind(int status, String error, Kind kind) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .body("{\"error\": \"" + error + "\", \"error_description\": \"AADSTS50076\", \"claims\": \"{}\"}")
                .build());
        var provider = Provider.oauth2(
                URI.create("http://localhost/authorize"), server.url("/token").uri(), URI.create("http://localhost/"));
        var linkable =
                new LinkableProvider(LinkFront.sandboxConnector(), provider, "client", Secret.of("client-secret"));
        var client = new ProviderClient(linkable, "http://localhost/callback", transport);
        var failure =
                catchThrowableOfType(TokenEndpointException.class, () -> client.refresh(Secret.of("refresh-token")));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).message().doesNotContain("AADSTS");
    }
}
