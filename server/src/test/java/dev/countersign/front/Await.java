package dev.countersign.front;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what the server does in its own time. */
public final class Await {
    private static final Duration AT_MOST = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(20);

    private Await() {}

    /** Looks until it is so; fails after three minutes, which only a server that never does it takes. */
    public static void until(String what, BooleanSupplier look) {
        var _ = found(what, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Looks until there is something; fails after three minutes. */
    public static <T> T found(String what, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (System.nanoTime() < end) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new AssertionError("waited " + AT_MOST.toSeconds() + " s for " + what);
    }
}
