package dev.countersign.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The messages in an HTTP answer, one JSON object or server-sent events. MCP, streamable HTTP, receiving messages. */
final class ServerMessages {
    /** Far more than a tool gives; what is larger would fill the memory of a small process. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private ServerMessages() {}

    /** Gives each message when it is there, until the answer ends. What is no message is left out. */
    static void read(HttpResponse<InputStream> response, Consumer<RpcMessage> message) throws IOException {
        try (var body = response.body()) {
            if (type(response).startsWith("text/event-stream")) {
                events(body, message);
            } else {
                message(body.readNBytes(MOST_BYTES)).ifPresent(message);
            }
        }
    }

    /** The only message of an answer that is no stream. */
    static Optional<RpcMessage> single(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            return message(body.readNBytes(MOST_BYTES));
        }
    }

    static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    /** WHATWG HTML, section 9.2.6: an event ends with an empty line, and its data may be several lines. */
    private static void events(InputStream body, Consumer<RpcMessage> message) throws IOException {
        var data = new ByteArrayOutputStream();
        new BoundedLines(body, MOST_BYTES)
                .read(
                        line -> {
                            if (line.length == 0) {
                                message(data.toByteArray()).ifPresent(message);
                                data.reset();
                            } else if (startsWithData(line) && data.size() + line.length <= MOST_BYTES) {
                                data.write(line, DATA.length, line.length - DATA.length);
                                data.write('\n');
                            }
                        },
                        data::reset);
    }

    private static boolean startsWithData(byte[] line) {
        return line.length >= DATA.length && Arrays.equals(line, 0, DATA.length, DATA, 0, DATA.length);
    }

    private static Optional<RpcMessage> message(byte[] bytes) {
        try {
            return Optional.of(RpcMessage.read(bytes));
        } catch (RpcMessage.UnreadableException e) {
            return Optional.empty();
        }
    }
}
