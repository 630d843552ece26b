package dev.countersign.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a rate that does not wait for answers: each counts from the moment at which it was due, so that a server that
 * stalls is charged for all that it kept waiting. One thread sends, another reads.
 */
final class OpenLoop implements AutoCloseable {
    /** Below what one person may have under way. */
    private static final int CONNECTIONS = 48;

    /** The first calls are not counted. */
    private static final int WARM_UP_SECONDS = 1;

    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Load.Target target;
    private final Selector selector = Selector.open();
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(CONNECTIONS);
    private final long[] nanos;
    private final int notCounted;

    record Latencies(double p50Millis, double p99Millis) {}

    private static final class Connection {
        private final Exchange exchange;
        private volatile int call;
        private volatile long due;

        private Connection(Exchange exchange) {
            this.exchange = exchange;
        }
    }

    private OpenLoop(Load.Target target, double callsPerSecond, int seconds) throws IOException {
        this.target = target;
        this.nanos = new long[(int) (callsPerSecond * (WARM_UP_SECONDS + seconds))];
        this.notCounted = (int) (callsPerSecond * WARM_UP_SECONDS);
        var url = URI.create(target.url());
        for (int i = 0; i < CONNECTIONS; i++) {
            var connection = new Connection(Exchange.open(url.getPort()));
            connection.exchange.channel().register(selector, SelectionKey.OP_READ, connection);
            idle.add(connection);
        }
    }

    static Latencies run(Load.Target target, double callsPerSecond, int seconds) throws Exception {
        try (var loop = new OpenLoop(target, callsPerSecond, seconds)) {
            return loop.measure((long) (1e9 / callsPerSecond));
        }
    }

    private Latencies measure(long intervalNanos) throws Exception {
        var failure = new ArrayBlockingQueue<Exception>(1);
        var sending = Thread.ofPlatform().daemon().start(() -> {
            try {
                send(intervalNanos);
            } catch (IOException | InterruptedException e) {
                failure.offer(e);
            }
        });
        read(failure);
        sending.join();
        var counted = Arrays.copyOfRange(nanos, notCounted, nanos.length);
        Arrays.sort(counted);
        return new Latencies(counted[counted.length / 2] / 1e6, counted[(int) (counted.length * 0.99)] / 1e6);
    }

    private void send(long intervalNanos) throws IOException, InterruptedException {
        int port = URI.create(target.url()).getPort();
        long number = System.nanoTime() % 1_000_000_000L * 1000;
        long start = System.nanoTime();
        for (int call = 0; call < nanos.length; call++) {
            long due = start + call * intervalNanos;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            var request = target.requests().get(call % target.requests().size());
            var connection = idle.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (connection == null) {
                throw new IOException(target.subject() + " gave no answer for " + LONGEST_WAIT_SECONDS + " s");
            }
            connection.call = call;
            connection.due = due;
            connection.exchange.send(request.http(port, number + call));
        }
    }

    private void read(BlockingQueue<Exception> failure) throws Exception {
        for (int answered = 0; answered < nanos.length; ) {
            if (selector.select(TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS) * 2) == 0) {
                throw new IOException(target.subject() + " gave no answer");
            }
            if (!failure.isEmpty()) {
                throw failure.take();
            }
            for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                var connection = (Connection) keys.next().attachment();
                keys.remove();
                var body = connection.exchange.read();
                if (body.isPresent()) {
                    check(body.get());
                    nanos[connection.call] = System.nanoTime() - connection.due;
                    answered++;
                    idle.add(connection);
                }
            }
        }
    }

    private void check(String body) throws IOException {
        if (!body.contains(BenchTools.WORDS)) {
            throw new IOException("wrong answer of " + target.subject() + ": " + body);
        }
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
