package dev.countersign.http;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections on which the headers of a request do not arrive in time, however steadily their bytes drip. Jetty's own limit
 * is on silence only. The time runs from the first byte of a request; the first request's includes the TLS handshake.
 */
final class HeaderDeadline extends Handler.Wrapper implements Connection.Listener {
    static final Duration MOST = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Map<Connection, Watched> open = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime what time it is, as {@link System#nanoTime} tells it */
    HeaderDeadline(Handler next, LongSupplier nanoTime) {
        super(next);
        this.nanoTime = nanoTime;
    }

    /** One connection. */
    private static final class Watched {
        /** Before the first request was there: what comes may be a handshake. */
        private volatile boolean fresh = true;

        /** From the end of a request's headers to the end of its answer. */
        private volatile boolean busy;

        /** Those of earlier requests. */
        private volatile long bytes;

        /** When bytes of the next request were first seen, in nanoseconds. */
        private volatile OptionalLong since = OptionalLong.empty();

        private void begun() {
            busy = true;
            fresh = false;
        }

        private void ended(Connection connection) {
            bytes = connection.getBytesIn();
            since = OptionalLong.empty();
            busy = false;
        }

        private boolean late(Connection connection, long now) {
            if (busy || bytesOf(connection) == bytes) {
                since = OptionalLong.empty();
                return false;
            }
            var first = since;
            if (first.isEmpty()) {
                since = OptionalLong.of(now);
                return false;
            }
            return now - first.getAsLong() > MOST.toNanos();
        }

        private long bytesOf(Connection connection) {
            return fresh && connection.getEndPoint() instanceof SslConnection.SslEndPoint tls
                    ? tls.getSslConnection().getBytesIn()
                    : connection.getBytesIn();
        }
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            open.put(connection, new Watched());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var connection = request.getConnectionMetaData().getConnection();
        var watched = open.get(connection);
        if (watched != null) {
            watched.begun();
            Request.addCompletionListener(request, failure -> watched.ended(connection));
        }
        return super.handle(request, response, callback);
    }

    /** Looks again and again for as long as the scheduler runs. */
    void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    try {
                        look(nanoTime.getAsLong());
                    } finally {
                        watch(scheduler);
                    }
                },
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look(long now) {
        open.forEach((connection, watched) -> {
            if (watched.late(connection, now)) {
                connection.getEndPoint().close(new TimeoutException("headers took too long"));
            }
        });
    }
}
