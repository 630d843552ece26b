package dev.countersign.vault;

/** The key file cannot be used. Ends the start; its message says how to mend it. */
public final class KeyRingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KeyRingException(String message) {
        super(message);
    }
}
