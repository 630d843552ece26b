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
import java.util.stream.IntStream;

/** A person with a linked account and the clients that they let in, at a server that has just started. */
record Attached(URI url, List<Client> clients) {
    static final String PASSWORD = "violet harbour seventy lanterns";

    private static final String EMAIL = "alice@example.com";
    private static final String REDIRECT = "http://127.0.0.1:9/callback";

    record Client(OAuthLogin login, Tokens tokens) {
        String authorization() {
            return "Authorization: Bearer " + tokens.accessToken();
        }
    }

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
            return new Attached(
                    url,
                    IntStream.range(0, clients)
                            .mapToObj(i -> client(browser, url, EMAIL, "Bench " + i))
                            .toList());
        }
    }

    /** A client that another person lets in, who is known to the server already. */
    static Client client(URI url, String email) {
        try (var browser = new Browser(REDIRECT)) {
            return client(browser, url, email, "Bench of " + email);
        }
    }

    private static Client client(Browser browser, URI url, String email, String name) {
        var login = OAuthLogin.discover(url.resolve("/mcp"), name, URI.create(REDIRECT));
        var started = login.start(List.of("mail:read", "calendar:read", "calendar:write"));
        var page = browser.signInIfAsked(browser.open(started.url()), email, PASSWORD);
        return new Client(
                login,
                login.finish(started, browser.press(page, "Allow", Map.of()).url()));
    }

    /** Calls of 2026-07-28. */
    List<Load.Request> modern(String tool) {
        return clients.stream()
                .map(client -> Requests.modern(tool, client.authorization()))
                .toList();
    }

    /** Calls of 2025-11-25 for a server that has no sessions. */
    List<Load.Request> withoutSession(String tool) {
        return clients.stream()
                .map(client -> Requests.legacy(tool, client.authorization()))
                .toList();
    }

    /** Calls of 2025-11-25, each client in its session. */
    List<Load.Request> legacy(String tool) throws Exception {
        var requests = new ArrayList<Load.Request>();
        for (var client : clients) {
            requests.add(Requests.legacy(
                    tool,
                    client.authorization(),
                    "MCP-Protocol-Version: 2025-11-25",
                    "Mcp-Session-Id: " + session(client)));
        }
        return requests;
    }

    private String session(Client client) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var initialized = http.send(
                    request(client)
                            .POST(
                                    BodyPublishers.ofString(
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
}
