package dev.countersign.connector.microsoft;

import java.util.Map;
import mockwebserver3.MockResponse;

/** An error answer in the shape that Graph documents. */
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

    static Refused of(int status, String code) {
        return new Refused(response(status, body(code), Map.of()));
    }

    static Refused notFound() {
        return of(404, "ErrorItemNotFound");
    }

    static Refused malformed() {
        return of(400, "ErrorInvalidIdMalformed");
    }

    static String body(String code) {
        return """
            {"error": {"code": "%s", "message": "Microsoft's own words.", "innerError": {
              "date": "2026-03-18T10:00:00", "request-id": "93b6f17e", "client-request-id": "e70c5c1b"}}}
            """.formatted(code);
    }

    /** An error within the error, as OneDrive answers. */
    static String nested(String code, String inner) {
        return """
            {"error": {"code": "%s", "message": "Microsoft's own words.", "innererror": {"code": "%s"}}}
            """.formatted(code, inner);
    }

    static MockResponse response(int status, String body, Map<String, String> headers) {
        var answer = new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type: application/json")
                .body(body);
        headers.forEach(answer::setHeader);
        return answer.build();
    }
}
