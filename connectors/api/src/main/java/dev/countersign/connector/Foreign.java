package dev.countersign.connector;

/**
 * Text in a result that somebody else wrote, and who. The server remembers which addresses and hosts occur in it, so that
 * a later call that uses one of them can name where it came from.
 *
 * @param author the writer's mail address, or another name for who wrote it
 * @param source where it was read, e.g. {@code mail “Invoice” of 3 March}
 */
public record Foreign(String author, String source, String text) {}
