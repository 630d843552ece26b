package dev.countersign.http;

/** How a person sees that something went wrong. */
@FunctionalInterface
public interface ErrorPages {
    /** Plain text, for listeners without pages. */
    ErrorPages PLAIN = (status, sentence, errorId) -> Response.text(status, sentence + "\n");

    /**
     * A page without a stack trace.
     *
     * @param sentence what happened and what to do
     * @param errorId finds the log line; empty when there is none
     */
    Response page(int status, String sentence, String errorId);
}
