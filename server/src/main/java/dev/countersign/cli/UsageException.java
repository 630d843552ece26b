package dev.countersign.cli;

/** What was asked for makes no sense, and what to ask for instead, in one sentence. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
