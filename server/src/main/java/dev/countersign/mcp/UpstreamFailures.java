package dev.countersign.mcp;

import dev.countersign.connector.UpstreamException;

/** Says what to do about a provider's failure. */
final class UpstreamFailures {
    private UpstreamFailures() {}

    static String sentence(UpstreamException failure) {
        var message = String.valueOf(failure.getMessage());
        return failure.retryAfter()
                .filter(wait -> failure.kind() == UpstreamException.Kind.RATE_LIMITED)
                .filter(wait -> !message.contains("second"))
                .map(wait -> message + " Wait " + Math.max(1, wait.toSeconds()) + " seconds, then call again.")
                .orElse(message);
    }
}
