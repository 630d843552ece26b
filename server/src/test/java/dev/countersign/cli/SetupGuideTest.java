package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code countersign connector setup}, with Google played. */
class SetupGuideTest {
    private static final String SECRET = "secret-of-the-client";

    @TempDir
    Path home;

    private final MockWebServer google = new MockWebServer();
    private String authorizeLocation = "https://accounts.google.com/v3/signin/identifier?client_id=x";
    private int tokenStatus = 400;
    private String tokenError = "invalid_grant";

    @BeforeEach
    void start() throws IOException {
        google.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getUrl().encodedPath().equals("/token")
                        ? new MockResponse.Builder()
                                .code(tokenStatus)
                                .body("{\"error\":\"" + tokenError + "\"}")
                                .build()
                        : new MockResponse.Builder()
                                .code(302)
                                .setHeader("Location", authorizeLocation)
                                .build();
            }
        });
        google.start();
    }

    @AfterEach
    void stop() {
        google.close();
    }

    private Terminal.Result setup() {
        return new Terminal(home)
                .run(
                        "connector",
                        "setup",
                        "google",
                        "--set",
                        "public-url=https://sign.example.com",
                        "--set",
                        "server.trusted-proxies=127.0.0.1",
                        "--set",
                        "connectors.google.client-id=id-1",
                        "--set",
                        "connectors.google.client-secret=" + SECRET,
                        "--set",
                        "connectors.google.url=http://127.0.0.1:" + google.getPort());
    }

    @Test
    void goodClient_passesEveryCheck() {
        var result = setup();
        assertThat(result.status()).as(result.printed()).isZero();
        assertThat(result.printed())
                .contains(
                        "https://sign.example.com/connect/google/callback",
                        "gmail.googleapis.com",
                        "mail:send: https://www.googleapis.com/auth/gmail.send",
                        "COUNTERSIGN_CONNECTORS_GOOGLE_CLIENT_SECRET_FILE",
                        "7 days",
                        "takes the client's id and redirect address",
                        "takes the client's id and secret")
                .doesNotContain(SECRET, "✗");
    }

    @Test
    void redirectAddressThatGoogleDoesNotHave_isNamed() {
        // what Google writes there: a binary message that begins with the reason
        authorizeLocation =
                "https://accounts.google.com/signin/oauth/error?authError=ChVyZWRpcmVjdF91cmlfbWlzbWF0Y2gSAA&client_id=x";
        tokenError = "redirect_uri_mismatch";
        var result = setup();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed())
                .contains(
                        "refuses the client: redirect_uri_mismatch", "does not have https://sign.example.com/connect/");
    }

    @Test
    void wrongSecret_isSaid() {
        tokenStatus = 401;
        tokenError = "invalid_client";
        var result = setup();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed())
                .contains("refuses the client's id or secret: invalid_client")
                .doesNotContain(SECRET);
    }

    @Test
    void providerOutOfReach_isSaidAndNotCountedAgainstTheClient() {
        google.close();
        var result = setup();
        assertThat(result.status()).as(result.printed()).isZero();
        assertThat(result.printed()).contains("could not be reached from here", "secret is not checked");
    }

    @Test
    void accountsWithAPassword_needNoRegistration() {
        var result = new Terminal(home).run("connector", "setup", "standards");
        assertThat(result.status()).as(result.printed()).isZero();
        assertThat(result.printed())
                .contains("no registration is needed", "app passwords", "Set it to true")
                .doesNotContain("client-id", "redirect address");
    }

    @Test
    void clientNotSetYet_isSaid() {
        var result = new Terminal(home).run("connector", "setup", "google");
        assertThat(result.status()).isZero();
        assertThat(result.printed()).contains("are not set", "browsers on this computer only");
    }

    @Test
    void embeddedProvider_needsNothing() {
        assertThat(new Terminal(home).run("connector", "setup", "sandbox").printed())
                .contains("nothing to register");
    }

    @Test
    void unknownConnector_namesThoseThatThereAre() {
        var result = new Terminal(home).run("connector", "setup", "gogle");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.printed()).contains("There is no connector 'gogle'", "google", "sandbox");
    }
}
