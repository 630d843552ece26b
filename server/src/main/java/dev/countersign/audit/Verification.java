package dev.countersign.audit;

/** What became of the chain. */
public sealed interface Verification {
    /**
     * Every row is as it was written.
     *
     * @param head the last row's hash: kept elsewhere, it also shows a chain that was replaced whole
     */
    record Intact(long count, String head) implements Verification {}

    /** The first row that is not as it was written. */
    record Broken(long sequence, String reason) implements Verification {}
}
