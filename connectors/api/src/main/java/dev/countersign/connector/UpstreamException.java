package dev.countersign.connector;

import java.time.Duration;
import java.util.Optional;

/** A provider's failure. Its message is for the caller and says what to do next; the provider's own body stays out. */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, as far as it changes what is done about it. */
    public enum Kind {
        /** 400 or 422: the provider did not understand the request. */
        INVALID,
        /** 401 after a refresh: the person must link the account again. */
        UNAUTHORIZED,
        /** 403: the account does not allow this. */
        FORBIDDEN,
        /** 404 or 410. */
        NOT_FOUND,
        /** 409 or 412: the thing changed, or exists already. */
        CONFLICT,
        /** 429, or 503 with Retry-After. */
        RATE_LIMITED,
        /** 5xx. */
        UNAVAILABLE,
        /** The answer could not be read. */
        BROKEN,
        /** The request never left: nothing happened at the provider. */
        NOT_SENT,
        /** Sent, and no answer came: what happened at the provider is unknown. */
        NO_ANSWER
    }

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    public UpstreamException(Kind kind, String message, Optional<Duration> retryAfter, Optional<Throwable> cause) {
        super(message, cause.orElse(null));
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public UpstreamException(Kind kind, String message) {
        this(kind, message, Optional.empty(), Optional.empty());
    }

    public Kind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the provider may have acted although no success was seen. */
    public boolean mayHaveActed() {
        return kind == Kind.NO_ANSWER || kind == Kind.UNAVAILABLE || kind == Kind.BROKEN;
    }
}
