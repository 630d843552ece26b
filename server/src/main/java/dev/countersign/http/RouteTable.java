package dev.countersign.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a path: a path without braces wins over one with. */
final class RouteTable {
    /** A route and the values of its braces. */
    record Match(Route route, Map<String, String> values) {}

    private final Map<String, Route> exact = new HashMap<>();
    private final List<Route> patterns = new ArrayList<>();

    RouteTable(List<Route> routes) {
        for (var route : routes) {
            if (route.path().contains("{")) {
                patterns.add(route);
            } else if (exact.put(route.path(), route) != null) {
                throw new IllegalArgumentException("two routes have the path " + route.path());
            }
        }
    }

    Optional<Match> find(String path) {
        var route = exact.get(path);
        if (route != null) {
            return Optional.of(new Match(route, Map.of()));
        }
        return patterns.stream()
                .flatMap(pattern -> values(pattern.path(), path).map(values -> new Match(pattern, values)).stream())
                .findFirst();
    }

    private static Optional<Map<String, String>> values(String pattern, String path) {
        var wanted = pattern.split("/", -1);
        var given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                values.put(wanted[i].substring(1, wanted[i].length() - 1), decoded(given[i]));
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
