package dev.countersign.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What tests do behind the provider's scenes.
 *
 * @param folder where the sandbox keeps its files
 */
public record SandboxControl(URI url, Path folder) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Mail that left a person's account, oldest first. */
    public List<Mail> sent(String person) {
        return call("GET", "/_sandbox/sent?person=" + URLEncoder.encode(person, StandardCharsets.UTF_8), "")
                .path("items")
                .valueStream()
                .map(item -> new Mail(
                        item.path("subject").asString(),
                        item.path("recipients")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList()))
                .toList();
    }

    public record Mail(String subject, List<String> recipients) {}

    /** How many mails of this subject left a person's account. */
    public long sent(String person, String subject) {
        return sent(person).stream()
                .filter(mail -> mail.subject().equals(subject))
                .count();
    }

    /** The next requests of that kind fail so, e.g. {@code mail-send} with {@code hold-after}. */
    public void fail(String person, String operation, String fault, int times) {
        post("/_sandbox/faults", Map.of("person", person, "operation", operation, "fault", fault, "times", times));
    }

    /** Faults that no request has met yet. */
    public int faultsLeft() {
        return call("GET", "/_sandbox/faults", "").path("items").size();
    }

    public void clearFaults() {
        call("DELETE", "/_sandbox/faults", "");
    }

    /** Ends the life of the person's access tokens now. */
    public void expire(String person) {
        post("/_sandbox/expire", Map.of("person", person));
    }

    /** Lets a mail arrive. */
    public void receive(String person, String from, String subject, String text) {
        post("/_sandbox/mail", Map.of("person", person, "from", from, "subject", subject, "text", text));
    }

    /** Consents of the person that were revoked. */
    public int revoked(String person) {
        return call("GET", "/_sandbox/tokens?person=" + URLEncoder.encode(person, StandardCharsets.UTF_8), "")
                .path("revoked")
                .asInt();
    }

    private void post(String path, Map<String, ?> body) {
        call("POST", path, JSON.writeValueAsString(body));
    }

    private JsonNode call(String method, String path, String body) {
        try {
            var request = HttpRequest.newBuilder(url.resolve(path))
                    .header(
                            "X-Sandbox-Key",
                            Files.readString(folder.resolve("control-key")).strip())
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            var response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body().isBlank() ? JSON.missingNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
