package dev.countersign.http;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections on which the headers of a request do not arrive in time, however steadily their bytes drip. Jetty's own limit
 * is on silence only. The time runs from the first byte of a request; the first request's includes the TLS handshake.
 */
final class HeaderDeadline implements Connection.Listener {
    static final Duration MOST = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Map<Connection, Seen> open = new ConcurrentHashMap<>();

    /**
     * A connection as it was at the last look.
     *
     * @param requests whose headers had arrived
     * @param bytes that had come when the last of them was seen
     * @param since when bytes of a further request were first seen, {@link System#nanoTime}; empty while there are none
     */
    private record Seen(long requests, long bytes, OptionalLong since) {}

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof ConnectionMetaData) {
            open.put(connection, new Seen(0, 0, OptionalLong.empty()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** Looks again and again for as long as the scheduler runs. */
    void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    try {
                        look(System.nanoTime());
                    } finally {
                        watch(scheduler);
                    }
                },
                LOOK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void look(long now) {
        for (var connection : open.keySet()) {
            var seen = open.computeIfPresent(connection, (key, before) -> look(key, before, now));
            if (seen != null && seen.since.isPresent() && now - seen.since.getAsLong() > MOST.toNanos()) {
                connection.getEndPoint().close(new TimeoutException("headers took too long"));
            }
        }
    }

    private static Seen look(Connection connection, Seen before, long now) {
        long requests = connection.getMessagesIn();
        long bytes = bytes(connection, requests);
        if (requests != before.requests || requests > connection.getMessagesOut()) {
            return new Seen(requests, bytes, OptionalLong.empty());
        }
        return before.since.isEmpty() && bytes > before.bytes
                ? new Seen(requests, before.bytes, OptionalLong.of(now))
                : before;
    }

    private static long bytes(Connection connection, long requests) {
        return requests == 0 && connection.getEndPoint() instanceof SslConnection.SslEndPoint tls
                ? tls.getSslConnection().getBytesIn()
                : connection.getBytesIn();
    }
}
