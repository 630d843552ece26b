package dev.countersign.policy;

/** One thing that every call is asked. */
interface Check {
    Verdict check(ToolCall call);

    /** What a check says. */
    sealed interface Verdict {
        /** Ask the next check, of the call as it is known now. */
        record Pass(ToolCall call) implements Verdict {}

        /** The others need not be asked. */
        record Stop(Decision decision) implements Verdict {}
    }

    static Verdict pass(ToolCall call) {
        return new Verdict.Pass(call);
    }

    static Verdict stop(Decision decision) {
        return new Verdict.Stop(decision);
    }

    static Verdict deny(String code, String reason) {
        return stop(new Decision.Deny(code, reason));
    }
}
