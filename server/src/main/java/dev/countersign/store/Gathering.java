package dev.countersign.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Items that are written together a little after the first of them came. A thread wakes once for each group and not for
 * each item: a wake costs more than an item.
 */
public final class Gathering<T> implements AutoCloseable {
    /** The writes of others wait for one group. */
    private static final int MOST_IN_A_GROUP = 256;

    private final Duration pause;
    private final Consumer<List<T>> write;
    private final BlockingQueue<T> waiting;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param pause between the first item and its write
     * @param mostWaiting beyond which {@link #offer} refuses
     * @param write must not throw: there is nobody to tell
     */
    public Gathering(String name, Duration pause, int mostWaiting, Consumer<List<T>> write) {
        this.pause = pause;
        this.write = write;
        this.waiting = new LinkedBlockingQueue<>(mostWaiting);
        this.thread = Thread.ofVirtual().name(name).start(this::writeUntilClosed);
    }

    /** Whether the item will be written; not when too many wait, or after {@link #close} began. */
    public boolean offer(T item) {
        // what came between the last look of close() and its end is the caller's again
        return closing.getCount() > 0 && waiting.offer(item) && (closing.getCount() > 0 || !waiting.remove(item));
    }

    private void writeUntilClosed() {
        try {
            while (closing.getCount() > 0) {
                var first = waiting.take();
                try {
                    closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
                } finally {
                    writeDue(first);
                }
            }
        } catch (InterruptedException e) {
            // close() writes the rest
        }
    }

    private void writeDue(T first) {
        var group = new ArrayList<>(List.of(first));
        int due = waiting.size();
        do {
            due -= waiting.drainTo(group, Math.min(due, MOST_IN_A_GROUP - group.size()));
            write.accept(List.copyOf(group));
            group.clear();
        } while (due > 0);
    }

    /** Writes what still waits. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var rest = new ArrayList<T>();
        waiting.drainTo(rest);
        if (!rest.isEmpty()) {
            write.accept(List.copyOf(rest));
        }
    }
}
