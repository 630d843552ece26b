package dev.countersign.approvals;

/** How strongly a call must be confirmed, weakest first. */
public enum Tier {
    /** Runs at once. */
    T0,
    /** Answered in the client. */
    T1,
    /** Answered on our page under the person's own sign-in. */
    T2;

    public Tier orStronger(Tier other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
