package dev.countersign.bench;

import dev.countersign.client.Browser;
import dev.countersign.client.OAuthLogin;
import dev.countersign.client.OAuthLogin.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A person with a linked account and the clients that they let in, at a server that has just started. */
record Attached(URI url, List<Client> clients) {
    private static final String EMAIL = "alice@example.com";
    private static final String PASSWORD = "violet harbour seventy lanterns";
    private static final String REDIRECT = "http://127.0.0.1:9/callback";

    private static final List<String> JSON =
            List.of("Content-Type: application/json", "Accept: application/json, text/event-stream");

    record Client(OAuthLogin login, Tokens tokens) {}

    /** @param firstRunLink what the server printed */
    static Attached make(URI firstRunLink, int clients) {
        var url = firstRunLink.resolve("/");
        try (var browser = new Browser(REDIRECT)) {
            browser.press(
                    browser.open(firstRunLink),
                    "Create my sign-in",
                    Map.of("Email", EMAIL, "Name", "Alice", "Password", PASSWORD));
            var connect = browser.press(browser.open(url.resolve("/connect/sandbox")), "Connect Sandbox", Map.of());
            browser.press(browser.signInIfAsked(connect, EMAIL, "countersign-demo"), "Allow", Map.of());
            var attached = new ArrayList<Client>();
            for (int i = 0; i < clients; i++) {
                var login = OAuthLogin.discover(url.resolve("/mcp"), "Bench " + i, URI.create(REDIRECT));
                var started = login.start(List.of("mail:read", "calendar:read", "calendar:write"));
                var arrived = browser.press(browser.open(started.url()), "Allow", Map.of());
                attached.add(new Client(login, login.finish(started, arrived.url())));
            }
            return new Attached(url, attached);
        }
    }

    /** Calls of 2026-07-28. */
    List<Load.Request> modern(String tool) {
        return clients.stream()
                .map(client -> new Load.Request(headers(client, modernHeaders(tool)), modernCall(tool)))
                .toList();
    }

    /** A call of 2026-07-28 from nobody in particular. */
    static List<Load.Request> unsecured(String tool) {
        return List.of(new Load.Request(with(JSON, modernHeaders(tool)), modernCall(tool)));
    }

    /** A call of 2025-11-25 from nobody in particular, without a session. */
    static List<Load.Request> unsecuredLegacy(String tool) {
        return List.of(new Load.Request(JSON, oldCall(tool)));
    }

    private static List<String> modernHeaders(String tool) {
        return List.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: " + tool);
    }

    private static String modernCall(String tool) {
        return """
                {"jsonrpc":"2.0","id":%%d,"method":"tools/call","params":{"name":"%s","arguments":{"text":"no %%d"},\
                "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                "io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},\
                "io.modelcontextprotocol/clientCapabilities":{}}}}""".formatted(tool);
    }

    /** Calls of 2025-11-25, each client in its session. */
    List<Load.Request> legacy(String tool) throws Exception {
        var requests = new ArrayList<Load.Request>();
        for (var client : clients) {
            requests.add(new Load.Request(
                    headers(client, List.of("MCP-Protocol-Version: 2025-11-25", "Mcp-Session-Id: " + session(client))),
                    oldCall(tool)));
        }
        return requests;
    }

    private static String oldCall(String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{\"text\":\"no %d\"}}}";
    }

    private String session(Client client) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var initialized = http.send(
                    request(client)
                            .POST(BodyPublishers.ofString(
                                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                                            + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}"))
                            .build(),
                    BodyHandlers.ofString());
            var session = initialized.headers().firstValue("Mcp-Session-Id").orElseThrow();
            http.send(
                    request(client)
                            .header("Mcp-Session-Id", session)
                            .header("MCP-Protocol-Version", "2025-11-25")
                            .POST(BodyPublishers.ofString(
                                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                            .build(),
                    BodyHandlers.discarding());
            return session;
        }
    }

    private HttpRequest.Builder request(Client client) {
        return HttpRequest.newBuilder(url.resolve("/mcp"))
                .header("Authorization", "Bearer " + client.tokens().accessToken())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
    }

    private static List<String> headers(Client client, List<String> more) {
        return with(with(List.of("Authorization: Bearer " + client.tokens().accessToken()), JSON), more);
    }

    private static List<String> with(List<String> headers, List<String> more) {
        return Stream.concat(headers.stream(), more.stream()).toList();
    }
}
