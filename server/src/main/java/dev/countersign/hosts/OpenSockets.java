package dev.countersign.hosts;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Closes sockets whose time is over or whose thread has ended, so that none outlives the call it was opened for. */
final class OpenSockets implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(500);

    private final Map<Socket, Lease> open = new ConcurrentHashMap<>();
    private final Thread ticker;

    private record Lease(Thread owner, long endsAtNanos) {
        boolean over() {
            return !owner.isAlive() || System.nanoTime() - endsAtNanos >= 0;
        }
    }

    OpenSockets() {
        this.ticker = Thread.ofPlatform().daemon().name("host-sockets").unstarted(this::tick);
        this.ticker.start();
    }

    /** Closes the socket when this thread ends, or after so long; a later word on the same socket counts. */
    void keep(Socket socket, Duration atMost) {
        open.put(socket, new Lease(Thread.currentThread(), System.nanoTime() + atMost.toNanos()));
    }

    void end(Socket socket) {
        open.remove(socket);
        closed(socket);
    }

    int size() {
        return open.size();
    }

    private void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
            open.forEach((socket, lease) -> {
                if (lease.over()) {
                    end(socket);
                }
            });
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
        open.keySet().forEach(this::end);
    }
}
