package dev.countersign.connector.sandbox;

import java.util.ArrayList;
import java.util.List;

/** A request that is answered with an error. The message is for the caller and says what to do; no cause is shown. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final String sentence;
    private final transient List<Answer.Header> headers;

    Refusal(int status, String code, String message) {
        this(status, code, message, List.of());
    }

    private Refusal(int status, String code, String message, List<Answer.Header> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.sentence = message;
        this.headers = List.copyOf(headers);
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "invalid_request", message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, "not_found", message);
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, "forbidden", message);
    }

    static Refusal conflict(String message) {
        return new Refusal(409, "conflict", message);
    }

    static Refusal changed() {
        return new Refusal(412, "changed", "It changed since you read it. Read it again and repeat with its new etag.");
    }

    Refusal with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Answer.Header(header, value));
        return new Refusal(status, code, sentence, more);
    }

    /** What the caller is told. */
    String sentence() {
        return sentence;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** RFC 6749 section 5.2 names; the API and the OAuth endpoints share this shape. */
    Answer answer() {
        var answer = Answer.json(status, new Body(code, sentence));
        for (var header : headers) {
            answer = answer.with(header.name(), header.value());
        }
        return answer;
    }

    record Body(
            String error,

            @com.fasterxml.jackson.annotation.JsonProperty("error_description")
            String description) {}
}
