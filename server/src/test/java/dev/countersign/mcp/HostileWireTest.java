package dev.countersign.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no well-meaning client sends: refused as the specification says, and the next request is served as if nothing had
 * been. JSON-RPC 2.0 section 5.1; MCP 2026-07-28, streamable HTTP.
 */
@Timeout(300)
final class HostileWireTest {
    private static final int DEEP = 10_000;
    private static final int SLOW_CLIENTS = 50;
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        var echo = new FixtureTool(
                "echo", request -> FixtureTool.text(request.arguments().toString()));
        server = new TestServer(folder, new ToolRegistry(List.of(echo)));
    }

    @AfterEach
    void theServiceIsUnhurt() {
        var answer = server.call(TestServer.ALICE, "tools/call", Map.of("name", "echo"), "{}");
        assertThat(answer.path("result").path("structuredContent").path("words").stringValue())
                .isEqualTo("{}");
        server.close();
    }

    private HttpResponse<String> post(byte[] body) {
        return server.send(server.request(TestServer.ALICE)
                .header(ModernHeaders.VERSION_HEADER, ModernHeaders.VERSION)
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "echo")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private static byte[] call(String arguments) {
        return call(arguments, StandardCharsets.UTF_8);
    }

    private static byte[] call(String arguments, Charset charset) {
        return ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":"
                        + arguments + "," + META + "}}")
                .getBytes(charset);
    }

    static Stream<byte[]> unreadable() {
        return Stream.of(
                call("[".repeat(DEEP) + "]".repeat(DEEP)),
                call("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)),
                "[".repeat(DEEP).getBytes(StandardCharsets.US_ASCII),
                call("{\"a\":1,\"a\":2}"),
                call("{\"a\":1,\"\\u0061\":2}"),
                call("{\"n\":" + "9".repeat(10_000) + "}"),
                call("{\"" + "n".repeat(10_000) + "\":1}"),
                call("{\"a\":NaN}"),
                call("{\"a\":1}}"),
                call("{'a':1}"),
                // the parser has met the name without the byte in front
                call("{\"a\":{\"?a\":1}}".replace("?", "\u00ff"), StandardCharsets.ISO_8859_1),
                new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', ':', '1', '}'},
                new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0},
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void unreadableBody_isAParseError(byte[] body) {
        var response = post(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isIn(JsonRpc.PARSE_ERROR, JsonRpc.INVALID_REQUEST);
        assertThat(response.body()).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e400", "null", "true", "{}", "[]", "18446744073709551616", "\"\\ud83d\""})
    void idThatIsNone_isAnInvalidRequest(String id) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/list\",\"params\":{" + META + "}}";

        var response = post(body.getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isIn(JsonRpc.PARSE_ERROR, JsonRpc.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]"})
    void batch_isAnInvalidRequest(String body) {
        var response = post(body.getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.json(response).path("error").path("code").intValue())
                .isEqualTo(JsonRpc.INVALID_REQUEST);
    }

    @Test
    void paddingMissingOrSignsInEncodedHeader_areMismatch() {
        for (var name : List.of("=?base64?ZWNobw?=", "=?base64?ZWN!bw==?=", "=?base64??=", "=?base64?=")) {
            var response = server.send(server.request(TestServer.ALICE)
                    .header(ModernHeaders.VERSION_HEADER, ModernHeaders.VERSION)
                    .header("Mcp-Method", "tools/call")
                    .header("Mcp-Name", name)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(call("{}"))));

            assertThat(response.statusCode()).as(name).isEqualTo(400);
            assertThat(TestServer.json(response).path("error").path("code").intValue())
                    .as(name)
                    .isEqualTo(ModernHeaders.HEADER_MISMATCH);
        }
    }

    @Test
    void clientsThatNeverFinishTheirBody_holdNobodyBack() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                slow.add(unfinished());
            }
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                var answer = server.call("bob/app/calendar:read", "tools/call", Map.of("name", "echo"), "{}");
                assertThat(answer.has("result")).isTrue();
            }
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private Socket unfinished() throws IOException {
        var socket = new Socket("localhost", server.port());
        var head = "POST /mcp HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nAuthorization: Bearer "
                + TestServer.ALICE + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"jsonrpc\":";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    @Test
    void lengthAndChunksAtOnce_isRefusedAndTheConnectionEnds() throws Exception {
        try (var socket = new Socket("localhost", server.port())) {
            var request = "POST /mcp HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nAuthorization: Bearer "
                    + TestServer.ALICE + "\r\nContent-Type: application/json\r\nContent-Length: 4\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /mcp HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400");
            assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
        }
    }
}
