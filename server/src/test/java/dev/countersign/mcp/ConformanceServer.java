package dev.countersign.mcp;

import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Route;
import dev.countersign.oauth.Addresses;
import dev.countersign.oauth.Challenges;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.StateSealer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The endpoint on loopback with everything that the conformance scenarios call. Everybody is the same person: the suite brings
 * no token.
 */
final class ConformanceServer implements AutoCloseable {
    private static final Principal PERSON =
            new Principal("conformance", "suite", "Conformance suite", "grant-conformance", Set.of(), Instant.EPOCH);

    private final FixtureTasks tasks = new FixtureTasks();
    private final HttpServer server;

    ConformanceServer(Path keys) throws IOException {
        var publicUrl = URI.create("http://localhost:8484");
        var tools = new ArrayList<FixtureTool>(FixtureTools.all());
        tools.addAll(tasks.tools());
        var catalog = new Catalog(
                new ToolRegistry(tools),
                new ResourceRegistry(FixtureResource.all()),
                new PromptRegistry(FixturePrompt.all()),
                new ResourceChanges(),
                tasks);
        var endpoint = new McpEndpoint(
                request -> PERSON,
                grant -> true,
                new Challenges(new Addresses(publicUrl.toString()), List.of()),
                request -> new dev.countersign.http.Request.Client("127.0.0.1", "suite"),
                catalog,
                new StateSealer(KeyRing.open(keys)),
                McpEndpoint.Settings.of(publicUrl, "1.0.0"));
        this.server = HttpServer.start(
                HttpSettings.loopback(0),
                List.of(Route.raw(McpEndpoint.PATH, Route.Kind.MCP, endpoint)),
                ErrorPages.PLAIN);
    }

    String address() {
        return "http://localhost:" + server.port() + McpEndpoint.PATH;
    }

    @Override
    public void close() {
        server.close();
        tasks.close();
    }

    /** Prints its address and serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        var keys = Files.createTempDirectory("conformance").resolve("keys");
        try (var running = new ConformanceServer(keys)) {
            System.out.println(running.address());
            while (System.in.read() >= 0) {
                // whoever started it keeps the pipe open
            }
        }
        System.exit(0); // the SDK's thread that sweeps sessions outlives its transport
    }
}
