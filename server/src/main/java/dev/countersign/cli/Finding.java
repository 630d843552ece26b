package dev.countersign.cli;

/**
 * What the doctor found.
 *
 * @param mend how to mend it, in one sentence; empty when there is nothing to mend
 */
record Finding(Mark mark, String what, String mend) {
    /** How bad it is. */
    enum Mark {
        GOOD("✓"),
        /** It runs, but look at it. */
        NOTICE("!"),
        /** It does not run like this. */
        BAD("✗");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }
    }

    static Finding good(String what) {
        return new Finding(Mark.GOOD, what, "");
    }

    static Finding notice(String what, String mend) {
        return new Finding(Mark.NOTICE, what, mend);
    }

    static Finding bad(String what, String mend) {
        return new Finding(Mark.BAD, what, mend);
    }

    String line() {
        return mark.sign + " " + what + (mend.isEmpty() ? "" : "\n    → " + mend);
    }
}
