package dev.countersign.approvals;

/** A question could not be put or a decision not taken. The message is for the caller and says what to do next. */
public final class ApprovalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Code {
        /** There is none of that id that belongs to this person: answer 404. */
        NOT_FOUND,
        /** What the person saw is not what would run: show it again. */
        DIGEST_MISMATCH,
        /** The client may not answer this one: it is decided on our page. */
        TIER,
        /** Too many calls of this person wait already. */
        QUEUE_FULL
    }

    private final Code code;

    public ApprovalException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
