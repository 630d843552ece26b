package dev.countersign.connector.workspace;

import java.util.List;
import java.util.Optional;

/**
 * When one person or calendar is busy.
 *
 * @param times may overlap, in any order
 * @param problem why nothing is known, in words for the caller; empty when {@code times} is the whole truth
 */
public record Busy(String address, List<Window> times, Optional<String> problem) {
    public Busy {
        times = List.copyOf(times);
    }
}
