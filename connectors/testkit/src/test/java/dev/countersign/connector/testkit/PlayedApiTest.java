package dev.countersign.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.connector.Provider;
import dev.countersign.connector.UpstreamException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlayedApiTest {
    private static final String TOKEN = "a-token";

    private final PlayedApi api = new PlayedApi(TOKEN)
            .on(
                    "GET /api/notes",
                    request -> Optional.of(Note.json("all", request.query().get("due"))))
            .on("GET /api/notes/{note_id}", request -> Optional.of(Note.json(request.id(), "")))
            .on(
                    "POST /api/notes",
                    request -> Optional.of(Note.json(
                            request.headers().getOrDefault("idempotency-key", ""),
                            request.body(Note.class).text())));

    private final HttpClient browser = HttpClient.newHttpClient();

    record Note(String id, String text) {
        static String json(String id, String text) {
            return TestJson.write(new Note(id, text));
        }
    }

    @AfterEach
    void stop() {
        browser.close();
        api.close();
    }

    private TestUpstream upstream(String token) {
        var url = api.origin();
        var provider =
                Provider.oauth2(URI.create(url + "/authorize"), URI.create(url + "/token"), URI.create(url + "/api/"));
        return new TestUpstream(provider, () -> token);
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> token(String form) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(api.origin() + "/any/token"))
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    @Test
    void answer_isMadeFromWhatWasSent() {
        var upstream = upstream(TOKEN);

        assertThat(upstream.get("notes").query("due", "to day").as(Note.class)).isEqualTo(new Note("all", "to day"));
        assertThat(upstream.get("notes/{id}", "7").as(Note.class).id()).isEqualTo("7");
        assertThat(upstream.post("notes")
                        .header("Idempotency-Key", "k-1")
                        .body(new Note("", "milk"))
                        .as(Note.class))
                .isEqualTo(new Note("k-1", "milk"));
    }

    @Test
    void failure_namesTheRequest() {
        assertThatThrownBy(() -> upstream(TOKEN).get("notes/7/more").send())
                .isInstanceOf(UpstreamException.class)
                .hasMessage("The provider answered 404 to GET " + api.origin() + "/api/notes/7/more.");
        assertThatThrownBy(() -> upstream("another").get("notes").send()).hasMessageContaining("answered 401");
    }

    @Test
    void consent_isGivenAtOnce_andItsCodeWorksOnce() throws Exception {
        var consented = sent(HttpRequest.newBuilder(URI.create(
                api.origin() + "/any/authorize?response_type=code&state=s%2F1&redirect_uri=http://127.0.0.1:9/back")));

        assertThat(consented.statusCode()).isEqualTo(302);
        var location = consented.headers().firstValue("Location").orElseThrow();
        assertThat(location).matches("http://127.0.0.1:9/back\\?code=[a-z0-9-]+&state=s%2F1");
        var form = "grant_type=authorization_code&code=" + location.replaceAll(".*code=([^&]+).*", "$1");
        assertThat(token(form).body()).contains("\"access_token\": \"" + TOKEN + "\"", "refresh_token");
        assertThat(token(form).body()).contains("invalid_grant");
    }

    @Test
    void refreshToken_givesTheTokenAgain() throws Exception {
        assertThat(token("grant_type=refresh_token&refresh_token=a-refresh-token")
                        .body())
                .contains(TOKEN);
        assertThat(token("grant_type=refresh_token&refresh_token=another").statusCode())
                .isEqualTo(400);
    }
}
