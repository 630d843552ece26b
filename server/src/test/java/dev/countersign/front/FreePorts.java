package dev.countersign.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports for what must be told its ports before it starts. They stay free until then, and while what listens on them is
 * started again: they lie below those that the system gives to clients, and a process gets each once.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000; // Linux gives out ports from 32768 on
    private static final int ROWS = (LAST - FIRST) / 3;

    /** Builds beside this one begin elsewhere. */
    private static final AtomicInteger NEXT_ROW =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(ROWS));

    private FreePorts() {}

    /** The first of three. */
    public static int threeInARow() {
        return Stream.generate(NEXT_ROW::getAndIncrement)
                .limit(ROWS)
                .map(row -> FIRST + row % ROWS * 3)
                .filter(first -> IntStream.range(first, first + 3).allMatch(FreePorts::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
