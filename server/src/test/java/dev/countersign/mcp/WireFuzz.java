package dev.countersign.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.ScratchFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole requests, byte by byte through a real listener with everything that the conformance scenarios call. The answer comes
 * in time, its status is never a failure of ours, and where it says that it is JSON, it is. {@code localhost:8484} stands for the
 * listener's own address.
 */
public final class WireFuzz {
    /** Nothing here takes a second by itself; a machine under load may. */
    private static final int PATIENCE_MILLIS = 60_000;

    private static final int MOST_HEAD_BYTES = 64 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    /** What Jetty says of methods of HTTP, encodings and versions that it does not have; all else of 5xx is ours. */
    private static final List<Integer> NOT_IMPLEMENTED = List.of(501, 505);

    private static final int PORT = start();

    private WireFuzz() {}

    public static void fuzzerTestOneInput(byte[] request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            send(socket, request);
            isAnswered(new BufferedInputStream(socket.getInputStream()), asksForHead(request));
        } catch (SocketException e) {
            // a request that cannot be read ends the connection, also while it is sent
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, byte[] request) throws IOException {
        var addressed = new String(request, ISO_8859_1).replace("localhost:8484", "localhost:" + PORT);
        socket.getOutputStream().write(addressed.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        socket.shutdownOutput();
    }

    /** Whose answer names the length of a body that does not come; what does is the answer to what follows. */
    private static boolean asksForHead(byte[] request) {
        return new String(request, ISO_8859_1).stripLeading().startsWith("HEAD ");
    }

    private static void isAnswered(InputStream answer, boolean headOnly) throws IOException {
        var head = head(answer);
        if (head.isEmpty()) {
            return; // half a request has no answer
        }
        var line = STATUS.matcher(head.lines().findFirst().orElseThrow());
        assertThat(line.matches()).as(head).isTrue();
        int status = Integer.parseInt(line.group(1));
        assertThat(status < 500 || NOT_IMPLEMENTED.contains(status)).as(head).isTrue();
        var length = LENGTH.matcher(head);
        if (!headOnly && head.contains("Content-Type: application/json") && length.find()) {
            var body = answer.readNBytes(Integer.parseInt(length.group(1)));
            assertThat(JsonMapper.shared().readTree(body).isObject()).isTrue();
        }
    }

    private static String head(InputStream answer) throws IOException {
        var head = new StringBuilder();
        for (int next = answer.read(); next >= 0; next = answer.read()) {
            head.append((char) next);
            if (next == '\n' && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
                return head.toString();
            }
            assertThat(head.length()).isLessThan(MOST_HEAD_BYTES);
        }
        return head.toString();
    }

    private static int start() {
        try {
            var server = new ConformanceServer(ScratchFolder.make().resolve("keys"));
            return URI.create(server.address()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
