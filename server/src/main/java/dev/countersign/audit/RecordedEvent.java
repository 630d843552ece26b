package dev.countersign.audit;

/**
 * An event with its place in the chain.
 *
 * @param hash SHA-256 in lower-case hex, over the event and the hash before it
 */
public record RecordedEvent(long sequence, String hash, AuditEvent event) {}
