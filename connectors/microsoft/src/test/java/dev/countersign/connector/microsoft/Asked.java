package dev.countersign.connector.microsoft;

import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to the simulated Graph.
 *
 * @param person the address of the account
 * @param path its segments below {@code /v1.0/}, decoded
 */
record Asked(String person, String method, List<String> path, RecordedRequest request) {
    static Asked of(String person, RecordedRequest request) {
        var segments = request.getUrl().pathSegments();
        return new Asked(person, request.getMethod(), segments.subList(1, segments.size()), request);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(request.getUrl().queryParameter(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    boolean prefers(String preference) {
        return header("Prefer").filter(all -> all.contains(preference)).isPresent();
    }

    ObjectNode json() {
        return (ObjectNode) FakeGraph.JSON.readTree(request.getBody().toByteArray());
    }

    String segment(int index) {
        return path.get(index);
    }

    boolean is(String method, int segments) {
        return this.method.equals(method) && path.size() == segments;
    }

    /** One page of {@code all}; the next link is this request's address, further on. */
    MockResponse page(List<? extends JsonNode> all) {
        var from = query("$skip").map(Integer::parseInt).orElse(0);
        var until =
                Math.min(all.size(), from + query("$top").map(Integer::parseInt).orElse(10));
        var page = FakeGraph.JSON.createObjectNode();
        var items = page.putArray("value");
        all.subList(from, until).forEach(items::add);
        if (until < all.size()) {
            var next = request.getUrl().newBuilder().setQueryParameter("$skip", Integer.toString(until));
            page.put("@odata.nextLink", next.build().toString());
        }
        return FakeGraph.json(page);
    }

    /** The version that the request wants to meet is this one. */
    void unchanged(JsonNode item) {
        header("If-Match")
                .filter(tag -> !tag.equals(item.path("@odata.etag").asString("")))
                .ifPresent(tag -> {
                    throw Refused.of(412, "ErrorIrresolvableConflict");
                });
    }
}
