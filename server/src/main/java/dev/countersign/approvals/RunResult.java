package dev.countersign.approvals;

/** How a run ended. Messages are for the model and the person and say what to do next. */
public sealed interface RunResult {
    /** It acted. */
    record Done(String resultJson) implements RunResult {}

    /** It surely did not act. */
    record Failed(String message) implements RunResult {}

    /** It may have acted. Nobody repeats it; the person is told. */
    record Unknown(String message) implements RunResult {}

    /** The target is no longer what the person saw: nothing was done, and the person must be asked again. */
    record Changed(String message) implements RunResult {}
}
