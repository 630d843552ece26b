package dev.countersign.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

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
    private static final int MOST_ANSWER_BYTES = 16 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final Load.Target target;
    private final Selector selector = Selector.open();
    private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(CONNECTIONS);
    private final long[] nanos;
    private final int notCounted;

    record Latencies(double p50Millis, double p99Millis) {}

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(MOST_ANSWER_BYTES);
        private volatile int call;
        private volatile long due;

        private Connection(SocketChannel channel) {
            this.channel = channel;
        }

        private void send(int number, long dueAt, byte[] request) throws IOException {
            call = number;
            due = dueAt;
            answer.clear();
            for (var left = ByteBuffer.wrap(request); left.hasRemaining(); ) {
                channel.write(left);
            }
        }

        /** Whether the whole answer is there; fails when it is not the right one. */
        private boolean read() throws IOException {
            if (channel.read(answer) < 0) {
                throw new EOFException(target.subject() + " closed a connection");
            }
            var text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
            int body = text.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return false;
            }
            if (!isWhole(text, body)) {
                return false;
            }
            if (!text.startsWith("HTTP/1.1 200 ") || text.indexOf(BenchTools.WORDS, body) < 0) {
                throw new IOException("wrong answer of " + target.subject() + ": " + text);
            }
            return true;
        }

        /** An answer that took long is a stream, in chunks. */
        private static boolean isWhole(String text, int body) {
            var length = LENGTH.matcher(text);
            return length.find()
                    ? text.length() - body >= Integer.parseInt(length.group(1))
                    : text.endsWith("\r\n0\r\n\r\n");
        }
    }

    private OpenLoop(Load.Target target, double callsPerSecond, int seconds) throws IOException {
        this.target = target;
        this.nanos = new long[(int) (callsPerSecond * (WARM_UP_SECONDS + seconds))];
        this.notCounted = (int) (callsPerSecond * WARM_UP_SECONDS);
        var url = URI.create(target.url());
        for (int i = 0; i < CONNECTIONS; i++) {
            var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", url.getPort()));
            channel.configureBlocking(false);
            var connection = new Connection(channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
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
            connection.send(call, due, request.http(port, number + call));
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
                if (connection.read()) {
                    nanos[connection.call] = System.nanoTime() - connection.due;
                    answered++;
                    idle.add(connection);
                }
            }
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
