package dev.countersign.connections;

import dev.countersign.connector.Upstream.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** A request as a connector puts it together. How it is sent is the subclass's. */
abstract class BuiltRequest implements Request {
    /** The server's alone to set. */
    private static final Set<String> REFUSED_HEADERS = Set.of("authorization", "cookie", "host", "proxy-authorization");

    private final String method;
    private final URI address;
    private final UpstreamAnswers answers;
    private final List<String> query = new ArrayList<>();
    private final List<String> headers = new ArrayList<>();
    private Optional<byte[]> body = Optional.empty();

    BuiltRequest(String method, URI address, UpstreamAnswers answers) {
        this.method = method;
        this.address = address;
        this.answers = answers;
    }

    final String method() {
        return method;
    }

    final URI target() {
        return query.isEmpty() ? address : URI.create(address + "?" + String.join("&", query));
    }

    /** Name and value by turns. */
    final List<String> headers() {
        return headers;
    }

    final Optional<byte[]> body() {
        return body;
    }

    @Override
    public Request query(String name, Object value) {
        switch (value) {
            case Optional<?> maybe -> maybe.ifPresent(one -> query(name, one));
            case Collection<?> all -> all.forEach(one -> query(name, one));
            default -> query.add(SegmentedPath.encoded(name) + "=" + SegmentedPath.encoded(value.toString()));
        }
        return this;
    }

    @Override
    public Request header(String name, String value) {
        if (REFUSED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the server sets " + name + " itself");
        }
        headers.add(name);
        headers.add(value);
        return this;
    }

    @Override
    public Request body(Record json) {
        return body(RecordJson.UPSTREAM.bytes(json), "application/json");
    }

    @Override
    public Request body(byte[] bytes, String contentType) {
        body = Optional.of(bytes);
        return header("Content-Type", contentType);
    }

    @Override
    public <T extends Record> T as(Class<T> type) {
        try {
            return RecordJson.UPSTREAM.read(bytes(), type);
        } catch (JacksonException e) {
            throw answers.unreadable(); // its message may hold what was read
        }
    }

    @Override
    public void send() {
        bytes();
    }

    /** Without what is in it. */
    @Override
    public String toString() {
        return method + " " + address.getHost();
    }
}
