package dev.countersign.connector;

import java.time.Duration;
import java.util.Optional;

/** Reads what a provider documents about its error answers, so that the caller is told what to do next. */
@FunctionalInterface
public interface FailureReader {
    /**
     * Asked for every answer that is no success, but 401, which the server mends or says itself. It does not fail; what it
     * gives says nothing of the body in the provider's own words.
     *
     * @param retryAfter what the header {@code Retry-After} says, RFC 9110 section 10.2.3
     * @return empty when the status says all there is to say
     */
    Optional<UpstreamException> read(int status, Optional<Duration> retryAfter, byte[] body);
}
