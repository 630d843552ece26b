package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.client.PlayedEndpoint.Answer;
import dev.countersign.client.PlayedEndpoint.Received;
import dev.countersign.front.Await;
import dev.countersign.front.StdioClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge's wire to the server: MCP 2026-07-28 and 2025-11-25, stdio and streamable HTTP. */
class StdioBridgeTest {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"d\",\"version\":\"1\"}}}";
    private static final String TOOL = "{\"name\":\"query\",\"inputSchema\":{\"type\":\"object\",\"properties\":{"
        + "\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
        + "\"page\":{\"type\":\"object\",\"properties\":{\"size\":{\"type\":\"integer\",\"x-mcp-header\":\"Size\"}}},\"bad\":{\"type\":\"string\",\"x-mcp-header\":\"a:"
        + " b\"}}}}";

    /** Longer than a test waits: what does not end by itself fails it. */
    private static final Duration FAREWELL = Duration.ofMinutes(10);

    @TempDir
    private Path state;

    private PlayedEndpoint endpoint;
    private StdioClient client;

    private void play(Answer answer) throws IOException {
        endpoint = PlayedEndpoint.start(answer);
        client = StdioClient.within(new BridgeSettings(endpoint.mcp(), state, false, Duration.ofMinutes(5), FAREWELL));
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    private static String modern(int id, String method, String members) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s%s}}"
                .formatted(id, method, META, members);
    }

    private static String cancelled(int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":" + id + "}}";
    }

    private static void events(HttpExchange exchange, String text) throws IOException {
        PlayedEndpoint.send(exchange, 200, "text/event-stream", text);
    }

    @Test
    void messages_arriveAsTheyWereWritten() throws Exception {
        var odd = "{\"x\":1.50,\"jsonrpc\":\"2.0\", \"id\":7,\"params\":{" + META
                + ",\"big\":123456789012345678901234567890,\"e\":1E2},\"method\":\"a/b\"}";
        play((request, exchange) -> PlayedEndpoint.json(
                exchange, 200, "{\"result\":{\"n\":1.00},\r\n \"id\":7,\"jsonrpc\":\"2.0\",\"y\":[1E2]}"));

        client.send(odd);

        client.answer(7);
        assertThat(client.lines())
                .containsExactly("{\"result\":{\"n\":1.00},   \"id\":7,\"jsonrpc\":\"2.0\",\"y\":[1E2]}");
        assertThat(endpoint.received().getFirst().body()).isEqualTo(odd);
    }

    @Test
    void requestOf20260728_isMirroredInHeaders() throws Exception {
        play((request, exchange) -> PlayedEndpoint.result(exchange, request, "\"tools\":[" + TOOL + "]"));

        client.send(modern(1, "tools/list", ""));
        client.answer(1);
        client.send(modern(
                2,
                "tools/call",
                ",\"name\":\"query\",\"arguments\":{\"region\":\" Zürich\","
                        + "\"page\":{\"size\":25},\"bad\":\"x\"}"));
        client.answer(2);
        client.send(modern(3, "resources/read", ",\"uri\":\"note://ä\""));
        client.answer(3);

        var list = endpoint.received("tools/list").getFirst();
        assertThat(list.header("MCP-Protocol-Version")).hasValue("2026-07-28");
        assertThat(list.header("Mcp-Method")).hasValue("tools/list");
        assertThat(list.header("Mcp-Name")).isEmpty();
        assertThat(list.header("Mcp-Session-Id")).isEmpty();
        var call = endpoint.received("tools/call").getFirst();
        assertThat(call.header("Mcp-Name")).hasValue("query");
        assertThat(call.header("Mcp-Param-Region")).hasValue("=?base64?IFrDvHJpY2g=?=");
        assertThat(call.header("Mcp-Param-Size")).hasValue("25");
        assertThat(endpoint.received("resources/read").getFirst().header("Mcp-Name"))
                .hasValue("=?base64?bm90ZTovL8Ok?=");
    }

    @Test
    void callOfAToolThatWasNotListed_isMadeAgainWithTheHeadersItNeeds() throws Exception {
        play((request, exchange) -> {
            if (request.method().equals("tools/list")) {
                PlayedEndpoint.result(exchange, request, "\"tools\":[" + TOOL + "]");
            } else if (request.header("Mcp-Param-Region").isEmpty()) {
                PlayedEndpoint.json(
                        exchange, 400, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32020,\"message\":\"-\"}}");
            } else {
                PlayedEndpoint.result(exchange, request, "\"content\":[]");
            }
        });

        client.send(modern(1, "tools/call", ",\"name\":\"query\",\"arguments\":{\"region\":\"eu\"}"));

        assertThat(client.answer(1).path("result").has("content")).isTrue();
        assertThat(client.messages()).hasSize(1);
    }

    @Test
    void methodThatNoHeaderHolds_isRefused() throws Exception {
        play((request, exchange) -> PlayedEndpoint.result(exchange, request, ""));

        client.send(modern(1, "a\\r\\nX-Injected: 1", ""));

        assertThat(client.answer(1).path("error").path("code").asInt()).isEqualTo(-32600);
        assertThat(endpoint.received()).isEmpty();
    }

    @Test
    void streamOfEvents_becomesOneLineAMessage() throws Exception {
        play((request, exchange) -> events(
                exchange,
                ": hello\n\n"
                        + "id: 1\n"
                        + "data:\n\n"
                        + "event: message\r\n"
                        + "data: {\"jsonrpc\":\"2.0\",\r\n"
                        + "data:"
                        + " \"method\":\"notifications/progress\"}\r\n\r\n"
                        + "data:" + PlayedEndpoint.answer(request, "\"n\":1") + "\n\n"));

        client.send(modern(1, "tools/call", ",\"name\":\"x\""));

        assertThat(client.answer(1).path("result").path("n").asInt()).isEqualTo(1);
        assertThat(client.lines())
                .containsExactly(
                        " {\"jsonrpc\":\"2.0\",  \"method\":\"notifications/progress\"} ",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"n\":1}} ");
    }

    @Test
    void streamThatBreaksOff_isAnErrorWithAWarning() throws Exception {
        play((request, exchange) ->
                events(exchange, "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"));

        client.send(modern(1, "tools/call", ",\"name\":\"x\""));

        assertThat(client.answer(1).path("error").path("message").asString()).contains("may have been done");
    }

    @Test
    void cancelledRequestOf20260728_hasItsStreamClosedAndNoAnswer() throws Exception {
        var closed = new CompletableFuture<Boolean>();
        play((request, exchange) -> {
            if (request.method().equals("ping")) {
                PlayedEndpoint.result(exchange, request, "");
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            writeUntilClosed(exchange);
            closed.complete(true);
        });
        client.send(modern(1, "tools/call", ",\"name\":\"x\""));
        client.said("notifications/message");

        client.send(cancelled(1));

        Await.until("the server to see it", closed::isDone);
        client.send(modern(2, "ping", ""));
        client.answer(2);
        assertThat(client.messages()).noneMatch(message -> message.path("id").asInt(-1) == 1);
        assertThat(endpoint.received("notifications/cancelled")).isEmpty();
    }

    /** Until the other side is gone, which the test waits for. */
    private static void writeUntilClosed(HttpExchange exchange) {
        var event =
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n".getBytes(StandardCharsets.UTF_8);
        Await.until("the stream to be closed", () -> {
            try {
                exchange.getResponseBody().write(event);
                exchange.getResponseBody().flush();
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    @Test
    void requestThatIsCancelledBeforeItsAnswerBegins_isGivenUp() throws Exception {
        var asked = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        play((request, exchange) -> {
            asked.countDown();
            awaited(over);
            exchange.close();
        });
        client.send(modern(1, "tools/call", ",\"name\":\"x\""));
        Await.until("the request", () -> asked.getCount() == 0);

        client.send(cancelled(1));

        assertThat(client.closeInput()).isZero();
        over.countDown();
        assertThat(client.lines()).isEmpty();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void errorWithoutAnId_getsThatOfTheRequest() throws Exception {
        play((request, exchange) -> PlayedEndpoint.json(
                exchange, 429, "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"Too many.\"}}"));

        client.send(modern(1, "tools/list", ""));

        assertThat(client.answer(1).path("error").path("message").asString()).isEqualTo("Too many.");
    }

    @Test
    void redirect_isNotFollowed() throws Exception {
        play((request, exchange) -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            PlayedEndpoint.send(exchange, 307, "text/plain", "");
        });

        client.send(modern(1, "tools/list", ""));

        assertThat(client.answer(1).path("error").path("message").asString()).contains("status 307");
        assertThat(endpoint.received()).hasSize(1);
    }

    private PlayedSessions begin() throws IOException {
        var sessions = new PlayedSessions();
        play(sessions);
        client.send(INITIALIZE);
        client.answer(1);
        client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return sessions;
    }

    @Test
    void sessionOf20251125_isKeptListenedToAndEnded() throws Exception {
        begin();
        client.said("notifications/s1");
        client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}");
        client.answer(2);
        client.send("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}");
        client.send(cancelled(2));

        assertThat(client.closeInput()).isZero();
        var first = endpoint.received().getFirst();
        assertThat(first.header("Mcp-Session-Id")).isEmpty();
        assertThat(first.header("MCP-Protocol-Version")).isEmpty();
        assertThat(endpoint.received().stream().skip(1)).allSatisfy(request -> {
            assertThat(request.header("Mcp-Session-Id")).hasValue("s1");
            assertThat(request.header("MCP-Protocol-Version")).hasValue("2025-06-18");
        });
        assertThat(endpoint.received().getLast().http()).isEqualTo("DELETE");
        assertThat(endpoint.received().stream().map(Received::body))
                .contains("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}");
    }

    @Test
    void sessionThatTheServerLost_isBegunAnewWithWhatTheClientHadAskedFor() throws Exception {
        var sessions = begin();
        client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"resources/subscribe\",\"params\":{\"uri\":\"a:b\"}}");
        client.answer(2);
        client.said("notifications/s1");

        sessions.forget();
        client.send("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}");

        assertThat(client.answer(3).path("result").path("session").asString()).isEqualTo("s3");
        client.said("notifications/s3");
        assertThat(endpoint.received("initialize"))
                .hasSize(2)
                .extracting(Received::body)
                .containsOnly(INITIALIZE);
        assertThat(endpoint.received("resources/subscribe")).hasSize(2);
        assertThat(client.messages().stream()
                        .map(message -> message.path("id").asInt(-1))
                        .filter(id -> id > 0))
                .containsExactlyInAnyOrder(1, 2, 3);
        sessions.stop();
    }

    @Test
    void cancelledRequestOf20251125_isPassedOnAndGetsNoAnswer() throws Exception {
        var asked = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        play((request, exchange) -> {
            switch (request.method()) {
                case "initialize" -> PlayedEndpoint.result(exchange, request, "\"protocolVersion\":\"2025-11-25\"");
                case "tools/call" -> {
                    asked.countDown();
                    awaited(cancelled);
                    PlayedEndpoint.result(exchange, request, "");
                }
                case "notifications/cancelled" -> {
                    PlayedEndpoint.send(exchange, 202, "text/plain", "");
                    cancelled.countDown();
                }
                default -> PlayedEndpoint.result(exchange, request, "");
            }
        });
        client.send(INITIALIZE);
        client.answer(1);
        client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}");
        Await.until("the request", () -> asked.getCount() == 0);

        client.send(cancelled(2));

        Await.until("the cancellation", () -> cancelled.getCount() == 0);
        assertThat(client.closeInput()).isZero();
        assertThat(client.messages()).hasSize(1);
    }

    @Test
    void notificationToAServerThatIsNotThere_isDroppedAndSaid() throws Exception {
        play((request, exchange) -> PlayedEndpoint.result(exchange, request, "\"protocolVersion\":\"2025-11-25\""));
        client.send(INITIALIZE);
        client.answer(1);
        endpoint.close();

        // the first may still go to a connection whose end is not known yet
        Await.until("the words", () -> {
            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}");
            return client.words().stream().anyMatch(line -> line.contains("not running at"));
        });
        assertThat(client.messages()).hasSize(1);
    }

    @Test
    void requests_runAtOnce() throws Exception {
        var all = new CountDownLatch(20);
        play((request, exchange) -> {
            all.countDown();
            awaited(all);
            PlayedEndpoint.result(exchange, request, "\"text\":\"" + "x".repeat(100_000) + "\"");
        });
        var ids = Set.copyOf(IntStream.range(0, 20).boxed().toList());

        ids.forEach(id -> client.send(modern(id, "tools/call", ",\"name\":\"x\"")));

        ids.forEach(client::answer);
        assertThat(client.messages()).hasSize(20);
    }
}
