package dev.countersign.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** What an idle {@code subscriptions/listen} stream keeps alive in the server's heap. */
final class ListenStreams {
    private static final int STREAMS = 5_000;

    /** Of others, open before, so that what the first ones load is not counted. */
    private static final int BEFORE = 200;

    /** As many of one person as the server lets be. */
    private static final int OF_ONE_PERSON = 32;

    private ListenStreams() {}

    /** In KiB, over {@link #STREAMS}. */
    static double heapKibibytes(ServerProcess server, int port) throws IOException, InterruptedException {
        try (var _ = OpenStreams.open(port, requests("before", BEFORE), "subscriptions/acknowledged")) {
            long before = server.liveHeapBytes();
            try (var _ = OpenStreams.open(port, requests("person", STREAMS), "subscriptions/acknowledged")) {
                return (server.liveHeapBytes() - before) / 1024.0 / STREAMS;
            }
        }
    }

    private static List<Load.Request> requests(String person, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Requests.listen("Authorization: " + person + i / OF_ONE_PERSON))
                .toList();
    }
}
