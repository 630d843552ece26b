package dev.countersign.connector.google;

import java.util.Map;
import mockwebserver3.MockResponse;

/** An error answer in one of the shapes that Google documents. */
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

    /** {@code error.errors[]}, as Calendar, Gmail and Drive answer. */
    static Refused of(int status, String domain, String reason, String message) {
        return new Refused(response(status, classic(status, domain, reason, message), Map.of()));
    }

    static String classic(int status, String domain, String reason, String message) {
        return """
            {"error": {"errors": [{"domain": "%s", "reason": "%s", "message": "%s"}], "code": %d, "message": "%s"}}
            """.formatted(domain, reason, message, status, message);
    }

    /** {@code error.details[]} with a {@code google.rpc.ErrorInfo}, as People answers. */
    static String rpc(int status, String code, String reason) {
        return """
            {"error": {"code": %d, "message": "Refused.", "status": "%s", "details": [
              {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "%s", "domain": "googleapis.com",
               "metadata": {"service": "people.googleapis.com"}}]}}
            """.formatted(status, code, reason);
    }

    static MockResponse response(int status, String body, Map<String, String> headers) {
        var answer = new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type: application/json")
                .body(body);
        headers.forEach(answer::setHeader);
        return answer.build();
    }

    static Refused notFound() {
        return of(404, "global", "notFound", "Not Found");
    }

    static Refused badRequest(String message) {
        return of(400, "global", "invalidArgument", message);
    }

    static Refused lacksScope() {
        return of(403, "global", "insufficientPermissions", "Insufficient Permission");
    }
}
