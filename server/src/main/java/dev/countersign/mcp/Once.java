package dev.countersign.mcp;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that its first use makes, once: what no start needs is not made by it. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile @Nullable T made;

    private Once(Supplier<T> maker) {
        this.maker = maker;
    }

    /** @param maker is asked again when it failed */
    static <T> Once<T> of(Supplier<T> maker) {
        return new Once<>(maker);
    }

    @Override
    public T get() {
        var there = made;
        return there == null ? make() : there;
    }

    private synchronized T make() {
        var there = made;
        if (there == null) {
            there = maker.get();
            made = there;
        }
        return there;
    }
}
