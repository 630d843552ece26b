package dev.countersign.store;

import org.jspecify.annotations.Nullable;

/** The database could not do what it was asked. Its message names no data. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
