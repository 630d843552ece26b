package dev.countersign.connector.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what a provider does in its own time, e.g. deliver mail. */
final class Await {
    private static final Duration AT_MOST = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMillis(50);

    private Await() {}

    /** Looks until there is something; fails after two minutes. */
    static <T> T until(String what, Supplier<Optional<T>> look) {
        var end = System.nanoTime() + AT_MOST.toNanos();
        while (System.nanoTime() < end) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new AssertionError("waited two minutes for " + what);
    }
}
