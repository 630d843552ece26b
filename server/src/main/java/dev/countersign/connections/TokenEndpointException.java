package dev.countersign.connections;

/** A token or revocation endpoint did not do what was asked. Holds nothing of the answer but its error code. */
final class TokenEndpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, as far as it changes what is done about it. */
    enum Kind {
        /** The request never left. */
        NOT_SENT,
        /** Sent, and no answer came, or one that cannot be read: a refresh token may be used up. */
        UNCERTAIN,
        /** {@code invalid_grant}: the code or the refresh token is not good. RFC 6749 section 5.2. */
        INVALID_GRANT,
        /** Another refusal: most often the client's registration is wrong. */
        REFUSED,
        /** 429: to be asked later; nothing happened. */
        LATER
    }

    private final Kind kind;
    private final String code;

    TokenEndpointException(Kind kind, String message) {
        this(kind, message, "");
    }

    /** @param code the error code of the answer, RFC 6749 section 5.2; empty when it had none */
    TokenEndpointException(Kind kind, String message, String code) {
        super(message);
        this.kind = kind;
        this.code = code;
    }

    String code() {
        return code;
    }

    Kind kind() {
        return kind;
    }
}
