package dev.countersign.connections;

/** Hears what happens to linked accounts, after it is on disk, on the thread on which it happened. */
public interface ConnectionListener {
    /** Linked for the first time, or again. */
    void linked(LinkedAccount account);

    /** Its name, its scopes or its state changed. */
    void changed(LinkedAccount account);

    /** It is gone: whatever waits to use it must not run. */
    void disconnected(LinkedAccount account);
}
