package dev.countersign.cli;

/** Why a command did nothing, and what to do, in one sentence for the operator. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
