package dev.countersign.connector.workspace;

import java.time.Instant;

/** A stretch of time; {@code until} is not part of it. */
public record Window(Instant from, Instant until) {
    public Window {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a window ends after it starts: " + from + " to " + until);
        }
    }

    public boolean overlaps(Window other) {
        return from.isBefore(other.until) && other.from.isBefore(until);
    }
}
