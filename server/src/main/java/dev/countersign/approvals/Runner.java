package dev.countersign.approvals;

import dev.countersign.connector.Question;

/** Carries out an approved call. */
@FunctionalInterface
public interface Runner {
    /**
     * Acts, once. Before it acts it asks the target again: when the question's words or version are no longer the shown
     * ones, it answers {@link RunResult.Changed} and does nothing. What it throws counts as {@link RunResult.Unknown}.
     *
     * @param shown what the person saw
     * @param attempt 1 at first; greater when an earlier run was cut off, which may have acted: the runner then asks
     *     {@code Tool.recover} first, and answers {@link RunResult.Unknown} where a tool has none
     */
    RunResult run(FrozenCall call, Question shown, int attempt);
}
