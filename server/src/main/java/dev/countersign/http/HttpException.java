package dev.countersign.http;

/** Ends a request with a status and a sentence for the caller. */
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String sentence;

    public HttpException(int status, String message) {
        super(message);
        this.status = status;
        this.sentence = message;
    }

    /** What happened and what to do, for the caller. */
    public String sentence() {
        return sentence;
    }

    public int status() {
        return status;
    }
}
