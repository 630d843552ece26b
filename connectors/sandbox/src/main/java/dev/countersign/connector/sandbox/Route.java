package dev.countersign.connector.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One address of the provider.
 *
 * @param segments the pattern's path segments; one in braces takes any value
 */
record Route(String method, List<String> segments, Endpoint endpoint) {
    /** Answers one request. Fails with {@link Refusal}. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Incoming request);
    }

    static Route get(String pattern, Endpoint endpoint) {
        return of("GET", pattern, endpoint);
    }

    static Route post(String pattern, Endpoint endpoint) {
        return of("POST", pattern, endpoint);
    }

    static Route of(String method, String pattern, Endpoint endpoint) {
        return new Route(method, List.of(pattern.substring(1).split("/", -1)), endpoint);
    }

    /** The values of the pattern's braces when the path fits. Segments are compared before they are decoded. */
    Optional<Map<String, String>> match(String path) {
        var given = List.of(path.substring(1).split("/", -1));
        if (given.size() != segments.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (var i = 0; i < given.size(); i++) {
            var segment = segments.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), decoded(given.get(i)));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("The address is not percent-encoded UTF-8.");
        }
    }
}
