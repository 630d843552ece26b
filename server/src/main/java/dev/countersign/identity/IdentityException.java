package dev.countersign.identity;

/** What a person entered cannot be used. The message says what to do, in words for that person. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IdentityException(String message) {
        super(message);
    }
}
