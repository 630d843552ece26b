package dev.countersign.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.Flushes.Committed;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlushesTest {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger count = new AtomicInteger();

    /** A flush that ends when it is let. */
    private void slow() {
        count.incrementAndGet();
        begun.release();
        mayEnd.acquireUninterruptibly();
    }

    private static Committed write() {
        return new Committed(new CompletableFuture<>(), "done", null);
    }

    @Test
    void callers_areToldAfterTheFlush() throws Exception {
        try (var flushes = new Flushes(this::slow)) {
            var write = write();
            flushes.add(List.of(write));
            begun.acquire();
            assertThat(write.done()).isNotDone();
            mayEnd.release(2); // closing flushes once more
            assertThat(write.done().join()).isEqualTo("done");
        }
    }

    @Test
    void whatIsCommittedDuringAFlush_waitsForTheNext_whichIsForAllOfIt() throws Exception {
        try (var flushes = new Flushes(this::slow)) {
            var first = write();
            flushes.add(List.of(first));
            begun.acquire();
            var later = List.of(write(), write(), write());
            later.forEach(write -> flushes.add(List.of(write)));
            mayEnd.release();
            first.done().join();
            begun.acquire();
            assertThat(later).noneMatch(write -> write.done().isDone());
            mayEnd.release(2);
            later.forEach(write -> write.done().join());
            assertThat(count).hasValue(2);
        }
    }

    @Test
    void failureOfAWrite_isToldAfterTheFlushToo() {
        try (var flushes = new Flushes(() -> {})) {
            var failed = new Committed(new CompletableFuture<>(), null, new IllegalArgumentException("mine"));
            flushes.add(List.of(failed));
            assertThatThrownBy(() -> failed.done().join()).hasCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void afterAFailedFlush_nothingIsPromisedAnyMore() {
        Flushes.Disk failsOnce = () -> {
            if (count.getAndIncrement() == 0) {
                throw new IOException("on purpose");
            }
        };
        try (var flushes = new Flushes(failsOnce)) {
            flushes.check();
            var write = write();
            flushes.add(List.of(write));
            assertThatThrownBy(() -> write.done().join()).hasCauseInstanceOf(StoreException.class);
            assertThatThrownBy(flushes::check).isInstanceOf(StoreException.class);
            var later = write();
            flushes.add(List.of(later));
            assertThatThrownBy(() -> later.done().join()).hasCauseInstanceOf(StoreException.class);
        }
    }
}
