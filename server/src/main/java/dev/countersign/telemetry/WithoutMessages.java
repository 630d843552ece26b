package dev.countersign.telemetry;

import org.jspecify.annotations.Nullable;

/** A failure as logs may hold it: classes and places. Messages of exceptions may hold content of people. */
public final class WithoutMessages {
    private static final int MOST_CAUSES = 5;

    private WithoutMessages() {}

    public static Throwable of(Throwable failure) {
        return copy(failure, MOST_CAUSES);
    }

    private static Throwable copy(Throwable failure, int causesLeft) {
        @Nullable Throwable cause = failure.getCause();
        var shown = new Throwable(
                failure.getClass().getName(), cause == null || causesLeft == 0 ? null : copy(cause, causesLeft - 1));
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }
}
