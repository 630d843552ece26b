package dev.countersign.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what fails with a {@link SignInException} only. */
final class Waiting {
    private Waiting() {}

    static <T> T get(CompletableFuture<T> future, Duration atMost)
            throws InterruptedException, TimeoutException, SignInException {
        try {
            return future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SignInException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }
}
