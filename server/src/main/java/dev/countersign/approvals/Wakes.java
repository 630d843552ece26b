package dev.countersign.approvals;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes those of this node who wait for something of an id to change. */
public final class Wakes {
    private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();

    /** One who waits. A change after {@link #waiter} is never missed. */
    public final class Waiter implements AutoCloseable {
        private final String id;
        private final Semaphore changes = new Semaphore(0);

        private Waiter(String id) {
            this.id = id;
        }

        /** Returns after a change, at the latest after this time. */
        public void await(Duration atMost) throws InterruptedException {
            if (changes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                changes.drainPermits();
            }
        }

        @Override
        public void close() {
            waiting.computeIfPresent(id, (key, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
        }
    }

    public Waiter waiter(String id) {
        var waiter = new Waiter(id);
        waiting.compute(id, (key, all) -> {
            var set = all == null ? ConcurrentHashMap.<Waiter>newKeySet() : all;
            set.add(waiter);
            return set;
        });
        return waiter;
    }

    public void wake(String id) {
        waiting.getOrDefault(id, Set.of()).forEach(waiter -> waiter.changes.release());
    }
}
