package dev.countersign.console;

import java.time.Instant;

/**
 * A point in time as a page shows it.
 *
 * @param iso for machines
 * @param words as people say it, e.g. {@code 4 minutes ago}
 * @param exact with date, time and zone
 */
public record Moment(Instant at, String iso, String words, String exact) {}
