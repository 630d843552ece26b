package dev.countersign.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the disk in place of the writer, who goes on with the next group meanwhile; what was committed during one flush is
 * on disk with the next. Once a flush has failed nobody knows what the disk has, also if a later one seems to succeed, so that nothing
 * more is promised.
 */
final class Flushes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Flushes.class);

    /** A write that is committed, with what its caller gets. */
    record Committed(
            CompletableFuture<@Nullable Object> done,
            @Nullable Object result,
            @Nullable Throwable failure) {
        private void tell() {
            if (failure == null) {
                done.complete(result);
            } else {
                done.completeExceptionally(failure);
            }
        }
    }

    /** Returns when all that was written before is on disk. */
    @FunctionalInterface
    interface Disk {
        void flush() throws IOException;
    }

    private final Disk disk;
    private final BlockingQueue<List<Committed>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable StoreException broken;

    Flushes(Disk disk) {
        this.disk = disk;
        this.thread = Thread.ofPlatform().name("database-flush").daemon().start(this::run);
    }

    /** Fails once a flush has failed. */
    void check() {
        var failure = broken;
        if (failure != null) {
            throw failure;
        }
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Tells the callers of these writes when all that was committed until now is on disk. */
    void add(List<Committed> group) {
        waiting.add(group);
    }

    private void run() {
        var groups = new ArrayList<List<Committed>>();
        while (!closed || !waiting.isEmpty()) {
            try {
                groups.add(waiting.take());
            } catch (InterruptedException e) {
                throw new IllegalStateException("nothing interrupts this thread", e); // that would close the file
            }
            waiting.drainTo(groups);
            flush();
            groups.forEach(group -> group.forEach(this::tell));
            groups.clear();
        }
    }

    private void flush() {
        if (broken != null) {
            return;
        }
        try {
            disk.flush();
        } catch (IOException e) {
            LOG.error(
                    "the disk did not take what was written; nothing more is written until the server is started again",
                    e);
            broken = new StoreException("the disk failed; start the server again once it is mended", e);
        }
    }

    private void tell(Committed write) {
        var failure = broken;
        if (failure == null) {
            write.tell();
        } else {
            write.done.completeExceptionally(failure);
        }
    }

    /** Returns when all that was added is on disk. */
    @Override
    public void close() {
        closed = true;
        waiting.add(List.of()); // wakes the thread; an interrupt would close the file
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
