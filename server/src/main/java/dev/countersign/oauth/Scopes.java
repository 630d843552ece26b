package dev.countersign.oauth;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scopes that can be asked for here: our own, and those that connectors declare. */
public final class Scopes {
    /** Without any that a connector declares. */
    public static final Scopes OWN = new Scopes(List.of());

    private final List<Scope> all;

    /** @param declared by connectors */
    public Scopes(Collection<Scope> declared) {
        var byValue = new TreeMap<String, Scope>(Scope.ORDER);
        Stream.concat(Scope.OWN.stream(), declared.stream())
                .forEach(scope -> byValue.putIfAbsent(scope.value(), scope));
        this.all = List.copyOf(byValue.values());
    }

    /** All, in the order in which they are always named. */
    public List<Scope> all() {
        return all;
    }

    public Optional<Scope> of(String value) {
        return all.stream().filter(scope -> scope.value().equals(value)).findFirst();
    }

    /** Those of these values that there are, in order. */
    public List<Scope> of(Collection<String> values) {
        return all.stream().filter(scope -> values.contains(scope.value())).toList();
    }

    /** In words; the value itself where no connector declares it any more. */
    public String words(String value) {
        return of(value).map(Scope::words).orElse(value);
    }

    static Set<String> split(String joined) {
        return Stream.of(joined.split(" "))
                .filter(s -> !s.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One string, separated by spaces, in order. RFC 6749 section 3.3. */
    static String joined(Collection<String> scopes) {
        return scopes.stream().distinct().sorted(Scope.ORDER).collect(Collectors.joining(" "));
    }
}
