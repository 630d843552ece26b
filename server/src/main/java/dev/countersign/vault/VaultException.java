package dev.countersign.vault;

/** A sealed value does not open: it was changed, belongs to another row, or its key is gone. Says nothing of the value. */
public final class VaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public VaultException(String message) {
        super(message);
    }
}
