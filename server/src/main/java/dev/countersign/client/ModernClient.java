package dev.countersign.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of the 2026-07-28 wire: every request stands alone and carries its metadata in body and headers. */
public final class ModernClient implements AutoCloseable {
    public static final String VERSION = "2026-07-28";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final URI mcp;
    private final String accessToken;
    private final JsonNode capabilities;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong lastId = new AtomicLong();

    /**
     * An answer of the server.
     *
     * @param status of HTTP
     * @param message the JSON-RPC response; a missing node when there was none
     * @param challenge {@code WWW-Authenticate}, or empty
     */
    public record Answer(int status, JsonNode message, String challenge) {
        public JsonNode result() {
            if (!message.has("result")) {
                throw new ClientException("no result, but status " + status + ": " + message.path("error"));
            }
            return message.path("result");
        }

        /** What a tool's answer says in words, or the error in its place. */
        public String text() {
            var content = message.path("result").path("content");
            return content.isMissingNode()
                    ? message.path("error").path("message").asString("status " + status)
                    : content.valueStream()
                            .map(each -> each.path("text").asString(""))
                            .collect(Collectors.joining("\n"));
        }

        public boolean isError() {
            return !message.has("result")
                    || message.path("result").path("isError").asBoolean(false);
        }

        /** The tool's answer as data; a missing node when it failed. */
        public JsonNode structured() {
            return message.path("result").path("structuredContent");
        }

        /** The page that the person is sent to, where the answer asks for that. */
        public Optional<URI> page() {
            return message.path("result")
                    .path("inputRequests")
                    .valueStream()
                    .map(each -> each.path("params").path("url").asString(""))
                    .filter(url -> !url.isEmpty())
                    .findFirst()
                    .map(URI::create);
        }

        public boolean asksForInput() {
            return message.path("result").path("resultType").asString("").equals("input_required");
        }
    }

    /** @param capabilities the client capabilities that each request declares, as JSON */
    public ModernClient(URI mcp, String accessToken, String capabilities) {
        this.mcp = mcp;
        this.accessToken = accessToken;
        this.capabilities = JSON.readTree(capabilities);
    }

    public Answer discover() {
        return request("server/discover", "", JSON.createObjectNode());
    }

    public Answer listTools() {
        return request("tools/list", "", JSON.createObjectNode());
    }

    public Answer callTool(String name, Map<String, ?> arguments) {
        return request("tools/call", name, call(name, arguments));
    }

    /**
     * Repeats a call with the answers to what the server asked.
     *
     * @param asked the answer that asks for input
     * @param action {@code accept}, {@code decline} or {@code cancel}, for every request in it
     * @param content what a form is filled with
     */
    public Answer repeatTool(
            String name, Map<String, ?> arguments, Answer asked, String action, Map<String, ?> content) {
        var parameters = call(name, arguments);
        var responses = parameters.putObject("inputResponses");
        for (var key : asked.result().path("inputRequests").propertyNames()) {
            var response = responses.putObject(key).put("action", action);
            if (!content.isEmpty()) {
                response.set("content", JSON.valueToTree(content));
            }
        }
        parameters.set("requestState", asked.result().path("requestState"));
        return request("tools/call", name, parameters);
    }

    /** Sends any request. */
    public Answer request(String method, String name, ObjectNode parameters) {
        parameters
                .putObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", VERSION)
                .set("io.modelcontextprotocol/clientCapabilities", capabilities)
                .putObject("io.modelcontextprotocol/clientInfo")
                .put("name", "countersign-client")
                .put("version", "1");
        var body = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", lastId.incrementAndGet())
                .put("method", method);
        body.set("params", parameters);
        var request = HttpRequest.newBuilder(mcp)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", VERSION)
                .header("Mcp-Method", method)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        return answer(send(request.build()));
    }

    @Override
    public void close() {
        http.close();
    }

    private static ObjectNode call(String name, Map<String, ?> arguments) {
        var parameters = JSON.createObjectNode().put("name", name);
        parameters.set("arguments", JSON.valueToTree(arguments));
        return parameters;
    }

    private static Answer answer(HttpResponse<String> response) {
        var challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
        var type = response.headers().firstValue("Content-Type").orElse("");
        var message = type.startsWith("text/event-stream")
                ? lastEvent(response.body())
                : response.body().isBlank() || !type.startsWith("application/json")
                        ? JSON.missingNode()
                        : JSON.readTree(response.body());
        return new Answer(response.statusCode(), message, challenge);
    }

    private static JsonNode lastEvent(String stream) {
        JsonNode last = JSON.missingNode();
        for (var line : stream.split("\r?\n")) {
            if (line.startsWith("data:") && line.length() > 6) {
                last = JSON.readTree(line.substring(5));
            }
        }
        return last;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ClientException("no answer from " + mcp, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted", e);
        }
    }
}
