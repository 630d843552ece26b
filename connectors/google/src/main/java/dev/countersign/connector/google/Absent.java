package dev.countersign.connector.google;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.util.Optional;
import java.util.function.Supplier;

/** What the services share: what is not there is empty, and a version goes along as {@code If-Match}. */
final class Absent {
    private Absent() {}

    static <T> Optional<T> ifNotFound(Supplier<T> read) {
        return unless(Kind.NOT_FOUND, read);
    }

    /** Gmail answers 400 to an id of another form than its own, and 404 to one that names nothing. */
    static <T> T byId(Supplier<T> act) {
        try {
            return act.get();
        } catch (UpstreamException e) {
            if (e.kind() == Kind.INVALID) {
                throw new UpstreamException(
                        Kind.NOT_FOUND,
                        "Gmail has nothing with this id. Search again, and use an id from the answer.",
                        Optional.empty(),
                        Optional.of(e));
            }
            throw e;
        }
    }

    static <T> Optional<T> unless(Kind kind, Supplier<T> read) {
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

    static Optional<String> filled(Optional<String> text) {
        return text.filter(value -> !value.isBlank());
    }
}
