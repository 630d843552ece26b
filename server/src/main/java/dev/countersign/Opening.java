package dev.countersign;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A room that opens while others do. */
final class Opening<T> implements AutoCloseable {
    private final CompletableFuture<T> opening;
    private final Consumer<T> end;

    private Opening(CompletableFuture<T> opening, Consumer<T> end) {
        this.opening = opening;
        this.end = end;
    }

    /** Begins on a thread of its own. */
    static <T> Opening<T> of(Supplier<T> open, Consumer<T> end) {
        var threads = Thread.ofPlatform().name("opening").daemon();
        return new Opening<>(CompletableFuture.supplyAsync(open, threads::start), end);
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
        if (opening.handle((room, failure) -> failure == null).join()) {
            end.accept(opening.join());
        }
    }
}
