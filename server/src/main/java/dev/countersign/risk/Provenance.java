package dev.countersign.risk;

import java.time.Instant;

/**
 * Where an address or host was read before.
 *
 * @param author who wrote the text
 * @param source where it was read, e.g. {@code mail “Invoice” of 3 March}
 */
public record Provenance(String author, String source, Instant readAt) {}
