package dev.countersign.connector.github;

import java.util.Map;
import mockwebserver3.MockResponse;

/** An error answer in the shape that GitHub documents. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient MockResponse answer;

    private Refused(MockResponse answer) {
        super(answer.toString());
        this.answer = answer;
    }

    MockResponse answer() {
        return answer;
    }

    static Refused of(int status, String message) {
        return new Refused(response(status, message(message), Map.of()));
    }

    static Refused invalid(String resource, String field, String code) {
        return new Refused(response(422, errors("""
            {"resource": "%s", "field": "%s", "code": "%s"}\
            """.formatted(resource, field, code)), Map.of()));
    }

    /** Some errors are sentences instead. */
    static Refused sentence(String error) {
        return new Refused(response(422, errors("\"" + error + "\""), Map.of()));
    }

    /** A search names what is not there or hidden. */
    static Refused unsearchable() {
        return new Refused(response(422, errors("""
            {"message": "The listed users and repositories cannot be searched either because the resources do not \
            exist or you do not have permission to view them.", "resource": "Search", "field": "q", "code": "invalid"}\
            """), Map.of()));
    }

    static Refused notFound() {
        return of(404, "Not Found");
    }

    static String message(String message) {
        return """
            {"message": "%s", "documentation_url": "https://docs.github.com/rest", "status": "0"}
            """.formatted(message);
    }

    static String errors(String error) {
        return """
            {"message": "Validation Failed", "errors": [%s], "documentation_url": "https://docs.github.com/rest"}
            """.formatted(error);
    }

    static MockResponse response(int status, String body, Map<String, String> headers) {
        var answer = new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type: application/json; charset=utf-8")
                .body(body);
        headers.forEach(answer::addHeader);
        return answer.build();
    }
}
