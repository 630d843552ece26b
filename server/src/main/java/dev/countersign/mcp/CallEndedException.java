package dev.countersign.mcp;

/** The client went away or cancelled: whoever runs its call stops, and nothing more is sent. */
final class CallEndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallEndedException() {
        super("the client ended the call", null, false, false);
    }
}
