package dev.countersign.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The answer to one request: a single JSON object, or server-sent events once something must be said earlier. Writes never
 * block; one that fails means that the client is gone. MCP 2026-07-28, streamable HTTP, receiving messages.
 */
final class EventStream {
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    /** A client that reads nothing is cut off here. */
    private static final int MOST_WAITING = 256;

    private final Response response;
    private final Callback callback;
    private final boolean mayStream;
    private final Runnable whenGone;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean streaming;
    private boolean writing;
    private boolean finished;
    private boolean gone;

    /** @param mayStream whether the client takes {@code text/event-stream} */
    EventStream(Response response, Callback callback, boolean mayStream, Runnable whenGone) {
        this.response = response;
        this.callback = callback;
        this.mayStream = mayStream;
        this.whenGone = whenGone;
    }

    /** Keeps the connection and finds out whether the client is there; opens the stream when there is none yet. */
    synchronized void comment() {
        if (mayStream && !finished && !gone && !writing) {
            enqueue(COMMENT);
        }
    }

    /** Sends a notification; it is left out when the client takes no stream. */
    synchronized void send(byte[] message) {
        if (mayStream && !finished && !gone) {
            enqueue(event(message));
        }
    }

    /** Sends the response and ends. The status counts only when nothing was sent before. */
    synchronized void finish(int status, byte[] message) {
        if (finished) {
            return;
        }
        finished = true;
        if (gone) {
            callback.failed(new java.io.EOFException("the client is gone"));
        } else if (streaming) {
            enqueue(event(message));
        } else {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(message), callback);
        }
    }

    /** Ends without a response: the client cancelled. */
    synchronized void drop() {
        if (!finished) {
            finished = true;
            waiting.clear();
            callback.failed(new java.io.EOFException("the client is gone"));
        }
    }

    private void enqueue(byte[] bytes) {
        if (!streaming) {
            streaming = true;
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
            response.getHeaders().put("X-Accel-Buffering", "no");
        }
        waiting.add(bytes);
        if (waiting.size() > MOST_WAITING) {
            failed();
        } else {
            writeNext();
        }
    }

    private void writeNext() {
        if (writing || gone) {
            return;
        }
        var next = waiting.poll();
        if (next == null) {
            return;
        }
        writing = true;
        boolean last = finished && waiting.isEmpty();
        response.write(last, ByteBuffer.wrap(next), Callback.from(() -> written(last), failure -> failed()));
    }

    private synchronized void written(boolean last) {
        writing = false;
        if (last) {
            callback.succeeded();
        } else {
            writeNext();
        }
    }

    private void failed() {
        boolean first;
        boolean ended;
        synchronized (this) {
            first = !gone;
            ended = finished;
            gone = true;
            writing = false;
            waiting.clear();
        }
        if (first) {
            whenGone.run();
            if (ended) {
                callback.failed(new java.io.EOFException("the client is gone"));
            }
        }
    }

    private static byte[] event(byte[] message) {
        var event = new ByteArrayOutputStream(message.length + 32);
        event.writeBytes(EVENT);
        event.writeBytes(message);
        event.writeBytes(END);
        return event.toByteArray();
    }
}
