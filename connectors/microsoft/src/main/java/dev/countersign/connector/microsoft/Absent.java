package dev.countersign.connector.microsoft;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the services share: what is not there is empty. */
final class Absent {
    /** What Graph answers where a kind of account has no such thing, or the person did not allow it. */
    static final Set<Kind> NOT_OFFERED = EnumSet.of(Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.INVALID);

    private Absent() {}

    static <T> Optional<T> ifNotFound(Supplier<T> read) {
        return unless(EnumSet.of(Kind.NOT_FOUND), read);
    }

    static <T> Optional<T> unless(Set<Kind> kinds, Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (UpstreamException e) {
            if (kinds.contains(e.kind())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static Optional<String> filled(Optional<String> text) {
        return text.filter(value -> !value.isBlank());
    }
}
