package dev.countersign.approvals;

/** What an ended call tells the client that asked for it. Messages are for the model and say what to do next. */
public sealed interface CallOutcome {
    /** It ran. */
    record Executed(String resultJson) implements CallOutcome {}

    /** The person said no. */
    record Denied(String message) implements CallOutcome {}

    /** Nobody answered in time. */
    record Expired(String message) implements CallOutcome {}

    /** The question became void: the target changed, or the session ended. */
    record Superseded(String message) implements CallOutcome {}

    /** It surely did not act. */
    record Failed(String message) implements CallOutcome {}

    /** It may have acted. */
    record Unknown(String message) implements CallOutcome {}
}
