package dev.countersign.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Ports for what must be told its ports before it starts. */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000; // below those that the system gives out

    private FreePorts() {}

    /** The first of three; processes begin their search at different places. */
    public static int threeInARow() {
        int rows = (LAST - FIRST) / 3;
        int offset = (int) (ProcessHandle.current().pid() % rows);
        return IntStream.range(0, rows)
                .map(row -> FIRST + (row + offset) % rows * 3)
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
