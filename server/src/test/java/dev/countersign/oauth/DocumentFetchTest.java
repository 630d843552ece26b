package dev.countersign.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may make the server fetch a client metadata document. draft-ietf-oauth-client-id-metadata-document. */
class DocumentFetchTest {
    private static final String CLIENT = "https://victim.example/client.json";

    @TempDir
    Path folder;

    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private Front front;

    @BeforeEach
    void start() throws IOException {
        front = new Front(folder, true, 60, fetch());
    }

    private SafeFetch fetch() {
        return new SafeFetch(
                host -> {
                    lookedUp.add(host);
                    throw new IOException("no such host");
                },
                any -> true,
                new SslContextFactory.Client());
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void silentRequestWhileSignedOut_fetchesNothing() {
        for (var redirect : List.of("https://victim.example/cb", "http://127.0.0.1:7777/callback")) {
            var answer = front.get("/authorize?"
                    + Front.form(Front.request("client_id", CLIENT, "redirect_uri", redirect, "prompt", "none")));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void documentsSwitchedOff_areNeitherNamedNorFetched() throws IOException {
        front.close();
        front = new Front(folder, true, 60, fetch(), false);

        var answer = front.authorize(front.signIn(front.alice), Front.request("client_id", CLIENT));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(lookedUp).isEmpty();
        assertThat(Front.json(front.get("/.well-known/oauth-authorization-server"))
                        .path("client_id_metadata_document_supported")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void sameRequestWhileSignedIn_looksForTheDocument() {
        front.authorize(front.signIn(front.alice), Front.request("client_id", CLIENT, "prompt", "none"));

        assertThat(lookedUp).contains("victim.example");
    }
}
