package dev.countersign.connector.google;

import java.util.List;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to the simulated Google.
 *
 * @param person the address of the account
 * @param path its segments, decoded
 */
record Asked(String person, String method, List<String> path, RecordedRequest request) {
    static Asked of(String person, RecordedRequest request) {
        return new Asked(person, request.getMethod(), request.getUrl().pathSegments(), request);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(request.getUrl().queryParameter(name));
    }

    List<String> queries(String name) {
        return request.getUrl().queryParameterValues(name).stream()
                .map(String::valueOf)
                .toList();
    }

    int number(String name, int otherwise) {
        return query(name).map(Integer::parseInt).orElse(otherwise);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    byte[] body() {
        return request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
    }

    ObjectNode json() {
        return (ObjectNode) FakeGoogle.JSON.readTree(body());
    }

    String segment(int index) {
        return path.get(index);
    }

    boolean is(String method, int segments) {
        return this.method.equals(method) && path.size() == segments;
    }

    /** One page of {@code all}, under {@code name}. */
    ObjectNode page(String name, List<? extends JsonNode> all) {
        var from = number("pageToken", 0);
        var until = Math.min(all.size(), from + number("maxResults", 100));
        var page = FakeGoogle.JSON.createObjectNode();
        var items = page.putArray(name);
        all.subList(from, until).forEach(items::add);
        if (until < all.size()) {
            page.put("nextPageToken", Integer.toString(until));
        }
        return page;
    }
}
