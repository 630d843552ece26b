package dev.countersign.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Fails when two routes take the same method of one path. */
    RouteTable(List<Route> routes) {
        var byPath = new LinkedHashMap<String, Route>();
        routes.forEach(route -> byPath.merge(route.path(), route, RouteTable::both));
        byPath.forEach((path, route) -> {
            if (path.contains("{")) {
                patterns.add(route);
            } else {
                exact.put(path, route);
            }
        });
    }

    /** One route for the methods of both. */
    private static Route both(Route one, Route other) {
        if (one instanceof Route.Simple first
                && other instanceof Route.Simple second
                && first.kind() == second.kind()
                && Collections.disjoint(first.methods(), second.methods())) {
            var methods = new HashSet<>(first.methods());
            methods.addAll(second.methods());
            return new Route.Simple(methods, one.path(), one.kind(), request -> {
                var endpoint = first.methods().contains(got(request)) ? first.endpoint() : second.endpoint();
                return endpoint.answer(request);
            });
        }
        throw new IllegalArgumentException("two routes take the same of " + one.path());
    }

    /** HEAD is a GET whose body stays here. */
    private static String got(Request request) {
        return request.method().equals("HEAD") ? "GET" : request.method();
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
