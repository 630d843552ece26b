package dev.countersign.connector.github;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request to the simulated GitHub.
 *
 * @param login of the account
 * @param path its segments below the API's base, decoded
 */
record Asked(String login, String method, List<String> path, RecordedRequest request) {
    static Asked of(String login, RecordedRequest request) {
        return new Asked(
                login,
                request.getMethod(),
                request.getUrl().pathSegments().subList(2, request.getUrl().pathSize()),
                request);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(request.getUrl().queryParameter(name));
    }

    int number(String name, int otherwise) {
        return query(name).map(Integer::parseInt).orElse(otherwise);
    }

    Optional<String> header(String name) {
        return request.getHeaders().values(name).reversed().stream().findFirst();
    }

    ObjectNode json() {
        return (ObjectNode) FakeGitHub.JSON.readTree(request.getBody().toByteArray());
    }

    /** The segment, or none behind the end. */
    String segment(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    int id(int index) {
        return Integer.parseInt(segment(index));
    }

    boolean is(String method) {
        return this.method.equals(method);
    }

    /** Pages are counted from 1 and hold 30 things unless something else is asked. */
    ArrayNode page(List<? extends JsonNode> all) {
        var size = number("per_page", 30);
        var from = Math.min(all.size(), (number("page", 1) - 1) * size);
        var page = FakeGitHub.JSON.createArrayNode();
        all.subList(from, Math.min(all.size(), from + size)).forEach(page::add);
        return page;
    }

    /** Keeps what fits the parameter, where it is given. */
    Predicate<ObjectNode> where(String name, Test test) {
        return node -> query(name).map(value -> test.fits(node, value)).orElse(true);
    }

    /** Whether a thing fits a parameter's value. */
    @FunctionalInterface
    interface Test {
        boolean fits(ObjectNode node, String value);
    }
}
