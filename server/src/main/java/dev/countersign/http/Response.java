package dev.countersign.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that is whole.
 *
 * @param headers in order; a name may stand more than once
 */
public record Response(int status, List<Header> headers, byte[] body) {
    /** One header line. */
    public record Header(String name, String value) {}

    public Response {
        headers = List.copyOf(headers);
    }

    public static Response html(int status, String page) {
        return of(status, "text/html; charset=utf-8", page);
    }

    public static Response json(int status, String json) {
        return of(status, "application/json", json);
    }

    public static Response json(int status, byte[] json) {
        return new Response(status, List.of(new Header("Content-Type", "application/json")), json);
    }

    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text);
    }

    public static Response of(int status, String mediaType, String body) {
        return new Response(
                status, List.of(new Header("Content-Type", mediaType)), body.getBytes(StandardCharsets.UTF_8));
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), new byte[0]);
    }

    /** 303: the browser follows with GET. */
    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    /** Adds a header. */
    public Response with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Response(status, more, body);
    }
}
