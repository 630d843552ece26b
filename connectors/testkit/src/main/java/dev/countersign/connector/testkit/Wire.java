package dev.countersign.connector.testkit;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;

/** How a request reaches the provider: over the network, or out of a recording. */
@FunctionalInterface
interface Wire {
    /** Fails with {@link dev.countersign.connector.UpstreamException} when no answer comes. */
    Answer send(Sent sent);

    /** One request, whole. */
    record Sent(String method, URI target, byte[] body, HttpRequest request) {}

    /**
     * What came back.
     *
     * @param retryAfter the header of that name
     */
    record Answer(int status, Optional<String> retryAfter, byte[] body) {}
}
