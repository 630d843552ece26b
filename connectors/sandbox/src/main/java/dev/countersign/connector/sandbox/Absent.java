package dev.countersign.connector.sandbox;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import java.util.Optional;
import java.util.function.Supplier;

/** What the services share: what is not there is empty, and a version goes along as {@code If-Match}. */
final class Absent {
    private Absent() {}

    static <T> Optional<T> ifNotFound(Supplier<T> read) {
        return unless(UpstreamException.Kind.NOT_FOUND, read);
    }

    static <T> Optional<T> unless(UpstreamException.Kind kind, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (UpstreamException e) {
            if (e.kind() == kind) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** RFC 9110 section 13.1.1. */
    static Upstream.Request ifMatch(Upstream.Request request, Optional<String> version) {
        return version.map(tag -> request.header("If-Match", tag)).orElse(request);
    }
}
