package dev.countersign.mcp;

import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Route;
import dev.countersign.oauth.Addresses;
import dev.countersign.oauth.Challenges;
import dev.countersign.oauth.OAuthError;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.StateSealer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The endpoint behind a real listener. A token is {@code person/client/scopes with dots}. */
final class TestServer implements AutoCloseable {
    static final URI PUBLIC_URL = URI.create("http://localhost:8484");
    static final String ALICE = "alice/app/calendar:read";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    TestServer(Path folder, ToolRegistry tools) throws IOException {
        this(tools, new StateSealer(KeyRing.open(folder.resolve("keys"))), Duration.ofMinutes(30));
    }

    TestServer(ToolRegistry tools, StateSealer sealer, Duration sessionIdle) throws IOException {
        this(Catalog.of(tools), sealer, sessionIdle);
    }

    TestServer(Path folder, Catalog catalog) throws IOException {
        this(catalog, new StateSealer(KeyRing.open(folder.resolve("keys"))), Duration.ofMinutes(30));
    }

    private TestServer(Catalog catalog, StateSealer sealer, Duration sessionIdle) throws IOException {
        var settings = new McpEndpoint.Settings(PUBLIC_URL, Set.of(), Set.of(), "1.0", sessionIdle);
        var endpoint = new McpEndpoint(
                TestServer::authenticate,
                grant -> !ended.contains(grant),
                new Challenges(new Addresses(PUBLIC_URL.toString()), List.of("calendar:read")),
                request -> new dev.countersign.http.Request.Client("192.0.2.1", "test"),
                catalog,
                sealer,
                settings);
        this.server = HttpServer.start(
                HttpSettings.loopback(0),
                List.of(Route.raw(McpEndpoint.PATH, Route.Kind.MCP, endpoint)),
                ErrorPages.PLAIN);
    }

    static Principal principal(String token) {
        var parts = token.split("/", -1);
        return new Principal(
                parts[0],
                parts[1],
                parts[1],
                "grant-" + parts[0] + "-" + parts[1],
                Set.of(parts[2].split("\\.")),
                Instant.EPOCH);
    }

    static Clock clock() {
        return Clock.systemUTC();
    }

    private static Principal authenticate(dev.countersign.http.Request request) {
        var header = request.header("Authorization")
                .orElseThrow(() -> new OAuthError(401, OAuthError.Code.NO_TOKEN, "Authorize first.", ""));
        if (!header.startsWith("Bearer ") || header.split("/", -1).length != 3) {
            throw new OAuthError(401, OAuthError.Code.INVALID_TOKEN, "The access token does not hold.", "");
        }
        return principal(header.substring("Bearer ".length()));
    }

    /** Ends the grant of a token. The token itself still authenticates. */
    void revoke(String token) {
        ended.add(principal(token).grantId());
    }

    int port() {
        return server.port();
    }

    URI address() {
        return URI.create("http://localhost:" + server.port() + "/mcp");
    }

    HttpRequest.Builder request(String token) {
        return HttpRequest.newBuilder(address())
                .timeout(Duration.ofMinutes(2))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    /** A message of 2026-07-28 with everything that it needs. */
    static ObjectNode message(Object id, String method, Map<String, ?> params, String capabilities) {
        var message = JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        message.set("id", JSON.valueToTree(id));
        message.set("params", JSON.valueToTree(params));
        ((ObjectNode) message.get("params"))
                .putObject("_meta")
                .put(ModernHeaders.VERSION_KEY, ModernHeaders.VERSION)
                .set(ModernHeaders.CAPABILITIES_KEY, JSON.readTree(capabilities));
        return message;
    }

    HttpRequest.Builder modern(String token, ObjectNode message) {
        var request = request(token)
                .header(ModernHeaders.VERSION_HEADER, ModernHeaders.VERSION)
                .header("Mcp-Method", message.path("method").stringValue(""))
                .POST(HttpRequest.BodyPublishers.ofString(message.toString()));
        var params = message.path("params");
        for (var named : List.of("name", "uri", "taskId")) {
            if (params.path(named).isString()) {
                return request.header("Mcp-Name", params.path(named).stringValue());
            }
        }
        return request;
    }

    /** Calls a method of 2026-07-28 and gives the whole JSON-RPC answer. */
    JsonNode call(String token, String method, Map<String, ?> params, String capabilities) {
        return json(send(modern(token, message(1, method, params, capabilities))));
    }

    static JsonNode json(HttpResponse<String> response) {
        if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
            return events(response.body()).getLast();
        }
        return JSON.readTree(response.body());
    }

    static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JSON.readTree(line.substring("data: ".length())))
                .toList();
    }

    /** Ends the listener while the client is still connected. */
    void stopServing() {
        server.close();
    }

    /** The client leaves first: a listener that ends gives idle connections a second to close by themselves. */
    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
