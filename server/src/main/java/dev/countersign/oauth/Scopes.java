package dev.countersign.oauth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets of scopes as one string, separated by spaces in the order of {@link Scope}. RFC 6749 section 3.3. */
final class Scopes {
    private Scopes() {}

    static Set<String> split(String joined) {
        return Stream.of(joined.split(" "))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static String joined(Collection<String> scopes) {
        return Scope.all().stream().filter(scopes::contains).collect(Collectors.joining(" "));
    }

    static List<Scope> of(Collection<String> scopes) {
        return Stream.of(Scope.values()).filter(s -> scopes.contains(s.value())).toList();
    }
}
