package dev.countersign.cli;

import org.jspecify.annotations.Nullable;

/** Something that one step of the tour leaves for a later one. */
final class Kept<T> {
    private @Nullable T value;

    T put(T given) {
        this.value = given;
        return given;
    }

    T get() {
        if (value == null) {
            throw new IllegalStateException("an earlier step left nothing");
        }
        return value;
    }
}
