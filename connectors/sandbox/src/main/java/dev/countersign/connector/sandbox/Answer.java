package dev.countersign.connector.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP answer.
 *
 * @param headers name and value, in order; a name may stand more than once
 * @param delivery whether it is sent at all
 */
record Answer(int status, List<Header> headers, byte[] body, Delivery delivery) {
    record Header(String name, String value) {}

    /** What happens to the answer. */
    enum Delivery {
        /** It is sent. */
        SENT,
        /** The connection closes without a byte. */
        CLOSED,
        /** The connection stays open without a byte until the other side leaves or {@link HttpFront#HELD_FOR} passed. */
        HELD
    }

    Answer {
        headers = List.copyOf(headers);
    }

    static Answer json(int status, Object value) {
        return of(status, "application/json", Json.bytes(value)).with("Cache-Control", "no-store");
    }

    static Answer html(int status, Html page) {
        return of(status, "text/html; charset=utf-8", page.toString().getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, List.of(new Header("Content-Type", contentType)), body, Delivery.SENT);
    }

    static Answer empty() {
        return new Answer(204, List.of(), new byte[0], Delivery.SENT);
    }

    /** 303, so that a browser never repeats a form to the next address. RFC 9700 section 4.12. */
    static Answer seeOther(URI to) {
        return new Answer(303, List.of(new Header("Location", to.toString())), new byte[0], Delivery.SENT)
                .with("Cache-Control", "no-store");
    }

    Answer with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Answer(status, more, body, delivery);
    }

    Answer delivered(Delivery how) {
        return new Answer(status, headers, body, how);
    }

    /** The same, its body cut in the middle. */
    Answer broken() {
        var half = java.util.Arrays.copyOf(body, body.length / 2);
        return new Answer(status == 204 ? 200 : status, headers, body.length < 2 ? new byte[] {'{'} : half, delivery);
    }
}
