package dev.countersign.connector.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/**
 * One HTTP request, read whole.
 *
 * @param path percent-encoded, as it came
 * @param query parameters of the address
 * @param headers by lower-case name, each with all its values
 * @param values what stood in the braces of the route's pattern, decoded
 */
record Incoming(
        String method,
        String path,
        String rawQuery,
        Fields query,
        Map<String, List<String>> headers,
        Map<String, String> cookies,
        byte[] body,
        String remoteAddress,
        Map<String, String> values) {

    Incoming withValues(Map<String, String> found) {
        return new Incoming(method, path, rawQuery, query, headers, cookies, body, remoteAddress, found);
    }

    /** A value of the route's pattern, e.g. {@code id}. */
    String value(String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow(() -> new IllegalStateException("no value " + name));
    }

    /** A header that stands exactly once; one that stands twice is refused. */
    Optional<String> header(String name) {
        var all = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        if (all.size() > 1) {
            throw Refusal.invalid("The header " + name + " must stand once.");
        }
        return all.stream().findFirst();
    }

    Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** A query parameter that stands at most once and is not empty. RFC 6749 section 3.1 forbids repeated ones. */
    Optional<String> parameter(String name) {
        return once(query, name);
    }

    /** The form in the body; anything but {@code application/x-www-form-urlencoded} is refused. */
    Form form() {
        var type = header("content-type").orElse("").split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
            throw new Refusal(415, "invalid_request", "Send application/x-www-form-urlencoded.");
        }
        return new Form(decode(new String(body, StandardCharsets.UTF_8)));
    }

    /** Decodes {@code a=b&c=d}. */
    static Fields decode(String encoded) {
        var found = new Fields();
        try {
            UrlEncoded.decodeTo(encoded, found::add, StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw Refusal.invalid("The parameters are not form-encoded UTF-8.");
        }
        return found.asImmutable();
    }

    private static Optional<String> once(Fields fields, String name) {
        var all = fields.getValuesOrEmpty(name);
        if (all.size() > 1) {
            throw Refusal.invalid("The parameter " + name + " must stand once.");
        }
        return all.stream().filter(value -> !value.isEmpty()).findFirst();
    }

    /** The parameters of a form. */
    record Form(Fields fields) {
        Optional<String> one(String name) {
            return once(fields, name);
        }

        Set<String> all(String name) {
            return Set.copyOf(fields.getValuesOrEmpty(name));
        }
    }
}
