package dev.countersign.connector;

/**
 * A failure that the model can mend. The message says what to do next: {@code No event with id x. Call
 * calendar_list_events and use an id from it.}
 */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ToolException(String message) {
        super(message);
    }
}
