package dev.countersign.http;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Fails the reading of a body that comes slower than any network that people use, so that dripping one holds no request open. */
final class LeastBodyRate extends Handler.Wrapper {
    private static final int LEAST_BYTES_PER_SECOND = 500;

    /** A body may begin slowly. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;

    /** @param nanoTime what time it is, as {@link System#nanoTime} tells it */
    LeastBodyRate(Handler next, LongSupplier nanoTime) {
        super(next);
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request.getLength() == 0 ? request : new Paced(request, nanoTime), response, callback);
    }

    private static final class Paced extends Request.Wrapper {
        private final LongSupplier nanoTime;
        private final long begunAt;
        private long bytes;

        private Paced(Request request, LongSupplier nanoTime) {
            super(request);
            this.nanoTime = nanoTime;
            this.begunAt = nanoTime.getAsLong();
        }

        @Override
        public Content.Chunk read() {
            var chunk = super.read();
            if (chunk == null || chunk.isLast()) {
                return chunk;
            }
            bytes += chunk.remaining();
            if (!slow()) {
                return chunk;
            }
            chunk.release();
            var failure = new TimeoutException("the body comes too slowly");
            fail(failure);
            return Content.Chunk.from(failure);
        }

        private boolean slow() {
            var past = Duration.ofNanos(nanoTime.getAsLong() - begunAt);
            return past.compareTo(GRACE) > 0 && bytes < past.toMillis() * LEAST_BYTES_PER_SECOND / 1000;
        }
    }
}
