package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the bridge's sign-in that answer to strangers. RFC 8252, RFC 9207, RFC 9728, RFC 8414. */
class SignInPartsTest {
    private static final URI MCP = URI.create("https://sign.example.com/mcp");
    private static final URI REDIRECT = URI.create("http://127.0.0.1:4711/callback");

    private static OAuthLogin login(String further) throws ParseException {
        var metadata = "{\"issuer\":\"https://sign.example.com\",\"jwks_uri\":\"https://sign.example.com/jwks\","
                + "\"authorization_endpoint\":\"https://sign.example.com/authorize\","
                + "\"response_types_supported\":[\"code\"],\"token_endpoint\":\"https://sign.example.com/token\""
                + further
                + "}";
        return OAuthLogin.as(
                "client", MCP, new Discovery(AuthorizationServerMetadata.parse(metadata), List.of()), REDIRECT);
    }

    private static URI arrived(OAuthLogin.Started started, String further) {
        return URI.create(REDIRECT + "?code=c0de&state=" + started.state() + further);
    }

    @Test
    void answerOfAnotherIssuer_isNotBelieved() throws Exception {
        var login = login("");
        var started = login.start(List.of("a"));

        assertThatThrownBy(() -> login.finish(started, arrived(started, "&iss=https%3A%2F%2Fevil.example.com")))
                .hasMessageContaining("another issuer");
    }

    @Test
    void answerWithoutTheIssuerThatWasPromised_isNotBelieved() throws Exception {
        var login = login(",\"authorization_response_iss_parameter_supported\":true");
        var started = login.start(List.of("a"));

        assertThatThrownBy(() -> login.finish(started, arrived(started, ""))).hasMessageContaining("another issuer");
    }

    @Test
    void answerWithAnotherState_isNotBelieved() throws Exception {
        var login = login("");
        var other = login.start(List.of("a"));

        assertThatThrownBy(() -> login.finish(login.start(List.of("a")), arrived(other, "")))
                .hasMessageContaining("another state");
    }

    @Test
    void browserThatComesWithAnotherState_isRefusedAndTheRightOneIsWaitedFor() throws Exception {
        try (var redirect = LoopbackRedirect.open();
                var http = HttpClient.newHttpClient()) {
            assertThat(status(http, redirect, "?code=x&state=")).isEqualTo(400);
            redirect.expect("right");
            assertThat(status(http, redirect, "?code=x&state=wrong")).isEqualTo(400);
            assertThat(redirect.await(Duration.ZERO)).isEmpty();
            assertThat(status(http, redirect, "?code=x&state=right")).isEqualTo(200);

            assertThat(redirect.await(Duration.ofMinutes(3)))
                    .hasValue(URI.create(redirect.uri() + "?code=x&state=right"));
        }
    }

    private static int status(HttpClient http, LoopbackRedirect redirect, String query)
            throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(redirect.uri() + query))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sign.example.com/mcp",
                "https://me@sign.example.com/mcp",
                "https://sign.example.com/mcp#x",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "http://localhost.example.com/mcp",
                "https:sign.example.com",
                "not an address"
            })
    void addressThatIsNotSafe_isRefused(String address) {
        assertThatThrownBy(() -> Addresses.require("the address", address)).isInstanceOf(ClientException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://sign.example.com/mcp", "http://localhost:8484/mcp", "http://[::1]:8484/mcp"})
    void addressThatIsSafe_isTaken(String address) {
        assertThat(Addresses.require("the address", address)).hasToString(address);
    }

    @Test
    void browser_isStartedWithoutAShell() {
        var page = URI.create("https://sign.example.com/authorize?a=1&b=$(id)%20;x");

        assertThat(PersonsBrowser.command("Linux", page)).containsExactly("xdg-open", page.toString());
        assertThat(PersonsBrowser.command("Mac OS X", page)).containsExactly("open", page.toString());
        assertThat(PersonsBrowser.command("Windows 11", page))
                .containsExactly("rundll32", "url.dll,FileProtocolHandler", page.toString());
    }

    @Test
    void resourceMetadataOfAnotherAddress_isRefused() throws Exception {
        try (var played = PlayedEndpoint.start((request, exchange) ->
                        PlayedEndpoint.json(exchange, 200, "{\"resource\":\"https://other.example.com/mcp\"}"));
                var http = StdioBridge.http()) {
            assertThatThrownBy(() -> Discovery.of(http, played.mcp(), Challenge.NONE))
                    .hasMessageContaining("its address is https://other.example.com/mcp");
        }
    }

    @Test
    void issuerWithAPath_isLookedUpAtEachWellKnownAddress() throws Exception {
        var paths = new CopyOnWriteArrayList<String>();
        try (var played = PlayedEndpoint.start((request, exchange) -> {
                    paths.add(exchange.getRequestURI().getPath());
                    PlayedEndpoint.json(exchange, 404, "");
                });
                var http = StdioBridge.http()) {
            var issuer = played.mcp().resolve("/tenant").toString();

            assertThatThrownBy(() -> Discovery.ofIssuer(http, issuer)).hasMessageContaining("no authorization server");
        }
        assertThat(paths)
                .containsExactly(
                        "/.well-known/oauth-authorization-server/tenant",
                        "/.well-known/openid-configuration/tenant",
                        "/tenant/.well-known/openid-configuration");
    }

    @Test
    void authorizationEndpointThatIsNoWebAddress_isRefused() throws Exception {
        try (var played = PlayedEndpoint.start(SignInPartsTest::hostile);
                var http = StdioBridge.http()) {
            var issuer = played.mcp().resolve("/").toString().replaceFirst("/$", "");

            assertThatThrownBy(() -> Discovery.ofIssuer(http, issuer))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("authorization endpoint");
        }
    }

    private static void hostile(PlayedEndpoint.Received request, com.sun.net.httpserver.HttpExchange exchange)
            throws IOException {
        var issuer = "http://" + request.header("Host").orElseThrow();
        PlayedEndpoint.json(
                exchange,
                200,
                "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer
                        + "/jwks\",\"response_types_supported\":[\"code\"],"
                        + "\"code_challenge_methods_supported\":[\"S256\"],\"token_endpoint\":\"" + issuer
                        + "/token\",\"authorization_endpoint\":\"http://evil.example.com/authorize\"}");
    }
}
