package dev.countersign.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A connection that does not block, one request after the other. It costs the machine little, which the server needs too. */
final class Exchange {
    private static final int MOST_ANSWER_BYTES = 16 * 1024;

    /** As Jetty writes it, and as Node does. */
    private static final List<String> LENGTHS = List.of("\r\nContent-Length: ", "\r\ncontent-length: ");

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(MOST_ANSWER_BYTES);

    private Exchange(SocketChannel channel) {
        this.channel = channel;
    }

    static Exchange open(int port) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.configureBlocking(false);
        return new Exchange(channel);
    }

    SelectableChannel channel() {
        return channel;
    }

    void send(byte[] request) throws IOException {
        answer.clear();
        for (var left = ByteBuffer.wrap(request); left.hasRemaining(); ) {
            channel.write(left);
        }
    }

    /** The body, once all of it is there; fails when the status is not 200. */
    Optional<String> read() throws IOException {
        if (channel.read(answer) < 0) {
            throw new EOFException("a connection was closed");
        }
        var text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        if (body < 4 || !isWhole(text, body)) {
            return Optional.empty();
        }
        if (!text.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("wrong answer: " + text);
        }
        return Optional.of(text.substring(body));
    }

    /** An answer that took long is a stream, in chunks. */
    private static boolean isWhole(String text, int body) {
        for (var header : LENGTHS) {
            int at = text.indexOf(header);
            if (at >= 0 && at < body) {
                int from = at + header.length();
                return text.length() - body >= Integer.parseInt(text, from, text.indexOf('\r', from), 10);
            }
        }
        return text.endsWith("\r\n0\r\n\r\n");
    }
}
