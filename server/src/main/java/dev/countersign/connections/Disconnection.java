package dev.countersign.connections;

/** What became of a disconnected account. It is erased here in any case. */
public record Disconnection(LinkedAccount account, AtProvider atProvider) {
    /** What the provider said to the end of its tokens. */
    public enum AtProvider {
        CONFIRMED,
        /** It did not answer, or not as it should: it is asked again in the background for a day. */
        NOT_CONFIRMED,
        /** It does not take the key with which it was asked. What was allowed there may stand until the person ends it. */
        REFUSED,
        /** It has no way to end them; they end by their lifetime or by the person's hand there. */
        NOT_OFFERED
    }
}
