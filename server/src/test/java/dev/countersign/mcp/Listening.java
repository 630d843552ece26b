package dev.countersign.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client on a {@code subscriptions/listen} stream. */
final class Listening implements AutoCloseable {
    private static final String DATA = "data: ";

    private final BufferedReader lines;

    private Listening(BufferedReader lines) {
        this.lines = lines;
    }

    static Listening open(TestServer server, String token, Map<String, ?> notifications, String capabilities)
            throws IOException, InterruptedException {
        var message =
                TestServer.message(7, "subscriptions/listen", Map.of("notifications", notifications), capabilities);
        var response =
                server.client().send(server.modern(token, message).build(), HttpResponse.BodyHandlers.ofInputStream());
        return new Listening(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** The next message; waits for it. */
    JsonNode next() {
        try {
            while (true) {
                var line = lines.readLine();
                if (line == null) {
                    throw new IllegalStateException("the stream ended");
                }
                if (line.startsWith(DATA)) {
                    return JsonMapper.shared().readTree(line.substring(DATA.length()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
