package dev.countersign.mcp;

import dev.countersign.bench.BenchTools;
import dev.countersign.connector.Tool;
import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.oauth.Addresses;
import dev.countersign.oauth.Challenges;
import dev.countersign.oauth.Principal;
import dev.countersign.vault.KeyRing;
import dev.countersign.vault.StateSealer;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The product's listener and endpoint with nothing secured: one tool whose arguments and result are checked against their
 * schemas. Whoever calls is the person that the Authorization header names.
 */
public final class EchoServer {
    private EchoServer() {}

    /** The port is the first argument. Serves until it is ended. */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        var url = URI.create("http://localhost:" + port);
        var keys = Files.createTempDirectory("bench-echo");
        var endpoint = new McpEndpoint(
                EchoServer::principal,
                new Challenges(new Addresses(url.toString()), List.of()),
                request -> new Request.Client("127.0.0.1", "bench"),
                new ToolRegistry(List.of(new Echo(new CheckedTool<>(BenchTools.echo())))),
                new StateSealer(KeyRing.open(keys.resolve("keys"))),
                McpEndpoint.Settings.of(url, "1.0.0"));
        var _ = HttpServer.start(
                HttpSettings.loopback(port),
                List.of(
                        Route.raw(McpEndpoint.PATH, Route.Kind.MCP, endpoint),
                        Route.get("/readyz", Route.Kind.OPEN_API, request -> Response.text(200, "ready"))),
                ErrorPages.PLAIN);
        Thread.currentThread().join();
    }

    private static Principal principal(Request request) {
        var person = request.header("Authorization").orElse("nobody");
        return new Principal(person, "bench", "Bench", "grant", Set.of(), Instant.EPOCH);
    }

    private record Echo(CheckedTool<BenchTools.Input, BenchTools.Words> checked) implements ServedTool {
        private Tool<BenchTools.Input, BenchTools.Words> tool() {
            return checked.tool();
        }

        @Override
        public String name() {
            return tool().name();
        }

        @Override
        public ObjectNode definition() {
            return checked.definition();
        }

        @Override
        public Set<String> scopes() {
            return Set.of();
        }

        @Override
        public Answer call(ToolRequest request) {
            var problems = checked.problems(request.arguments());
            if (!problems.isEmpty()) {
                return ToolJson.failure(String.join(" ", problems));
            }
            return new Answer.Result(checked.members(BenchTools.words(checked.read(request.arguments()))));
        }
    }
}
