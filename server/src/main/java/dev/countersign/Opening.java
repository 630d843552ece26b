package dev.countersign;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A room that opens while others do. */
final class Opening<T extends AutoCloseable> implements AutoCloseable {
    private final CompletableFuture<T> opening;

    private Opening(CompletableFuture<T> opening) {
        this.opening = opening;
    }

    /** Begins on a thread of its own. */
    static <T extends AutoCloseable> Opening<T> of(Supplier<T> open) {
        var threads = Thread.ofPlatform().name("opening").daemon();
        return new Opening<>(CompletableFuture.supplyAsync(open, threads::start));
    }

    /** Waits until the room is open, or throws what kept it from opening. */
    T room() {
        try {
            return opening.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    /** Closes the room, also when nobody waited for it; what did not open needs no end. */
    @Override
    public void close() {
        var open = opening.handle((room, failure) -> Optional.ofNullable(room)).join();
        open.ifPresent(Opening::closeNow);
    }

    private static void closeNow(AutoCloseable room) {
        try {
            room.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a room did not close", e);
        }
    }
}
