package dev.countersign.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests whose answers go on, each on its own connection, without a thread for any of them. */
final class OpenStreams implements AutoCloseable {
    /** Below what a listener lets wait for its thread. */
    private static final int AT_ONCE = 250;

    private static final int LONGEST_WAIT_MILLIS = 30_000;

    private final List<Socket> sockets = new ArrayList<>();

    /**
     * Opens one for each request, and returns when every answer has begun.
     *
     * @param begun what stands in an answer that has begun well
     */
    static OpenStreams open(int port, List<Load.Request> requests, String begun) throws IOException {
        var streams = new OpenStreams();
        try {
            for (int from = 0; from < requests.size(); from += AT_ONCE) {
                streams.add(port, requests.subList(from, Math.min(from + AT_ONCE, requests.size())), begun);
            }
            return streams;
        } catch (IOException | RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    private void add(int port, List<Load.Request> requests, String begun) throws IOException {
        var opened = new ArrayList<Socket>();
        for (var request : requests) {
            var socket = new Socket("127.0.0.1", port);
            sockets.add(socket);
            opened.add(socket);
            socket.setSoTimeout(LONGEST_WAIT_MILLIS);
            socket.getOutputStream().write(request.http(port, sockets.size()));
        }
        for (var socket : opened) {
            await(socket.getInputStream(), begun);
        }
    }

    private static void await(InputStream in, String begun) throws IOException {
        var read = new StringBuilder();
        var buffer = new byte[2048];
        while (read.indexOf(begun) < 0) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new EOFException("a stream ended after: " + read);
            }
            read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        if (!read.toString().startsWith("HTTP/1.1 200")) {
            throw new IOException("a stream was refused: " + read);
        }
    }

    @Override
    public void close() {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                Bench.say("a stream did not close: " + e.getMessage());
            }
        }
    }
}
