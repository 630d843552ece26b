package dev.countersign.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads what is left of a refused request's body before its connection closes: a connection that closes with bytes unread is
 * reset, and the reset takes the refusal away from a client that is still sending (RFC 9112, section 9.6).
 */
final class Lingering extends Handler.Wrapper {
    /** What arrives with the headers or soon after, and is read by Jetty itself. */
    private static final long SMALL_BYTES = 16 * 1024;

    private static final long MOST_BYTES = 8 * 1024 * 1024;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    Lingering(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!muchMayFollow(request)) {
            return super.handle(request, response, callback);
        }
        var unread = new Unread(request);
        var rest = new Rest(request, callback);
        try {
            return super.handle(unread, response, rest);
        } catch (Exception e) {
            Response.writeError(unread, response, rest, e);
            return true;
        }
    }

    /** A client that waits for "100 Continue" sends nothing after a refusal. */
    private static boolean muchMayFollow(Request request) {
        var headers = request.getHeaders();
        return (request.getLength() > SMALL_BYTES || headers.contains(HttpHeader.TRANSFER_ENCODING))
                && !headers.contains(HttpHeader.EXPECT);
    }

    /** Leaves to {@link Rest} what Jetty would throw away at once, with the connection. */
    private static final class Unread extends Request.Wrapper {
        Unread(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return true;
        }
    }

    /** Ends the exchange once its body was read to the end, or when more follows than is worth it. */
    private static final class Rest extends Callback.Nested {
        private final Request request;
        private final long begun = System.nanoTime();
        private long read;

        Rest(Request request, Callback callback) {
            super(callback);
            this.request = request;
        }

        @Override
        public void succeeded() {
            while (true) {
                var chunk = request.read();
                if (chunk == null) {
                    request.demand(this::succeeded);
                    return;
                }
                read += chunk.remaining();
                chunk.release();
                if (chunk.isLast() || Content.Chunk.isFailure(chunk) || isTooMuch()) {
                    super.succeeded();
                    return;
                }
            }
        }

        private boolean isTooMuch() {
            return read > MOST_BYTES || System.nanoTime() - begun > MOST_NANOS;
        }
    }
}
