package dev.countersign.connections;

import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Fills values into a path so that each stays one segment and none leads out from under the API's base. RFC 3986. */
final class SegmentedPath {
    private static final Pattern BRACE = Pattern.compile("\\{[A-Za-z]+}");
    private static final Pattern TEMPLATE = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=@:/{}-]*");

    private SegmentedPath() {}

    /** Fails with {@link IllegalArgumentException} when the template is wrong, {@link UpstreamException} when a value is. */
    static URI under(URI base, String template, Object... values) {
        if (!TEMPLATE.matcher(template).matches() || template.startsWith("/") || template.contains("..")) {
            throw new IllegalArgumentException("a path is relative to the API and holds no query: " + template);
        }
        return inside(base, filled(template, values));
    }

    /** Puts each value into its brace. Fails as {@link #under} does. */
    static String filled(String template, Object... values) {
        var filled = new StringBuilder();
        var brace = BRACE.matcher(template);
        int used = 0;
        int from = 0;
        while (brace.find()) {
            if (used == values.length) {
                throw new IllegalArgumentException("more braces than values: " + template);
            }
            filled.append(template, from, brace.start()).append(segment(values[used++].toString()));
            from = brace.end();
        }
        if (used != values.length) {
            throw new IllegalArgumentException("more values than braces: " + template);
        }
        return filled.append(template.substring(from)).toString();
    }

    /** Percent-encodes all but unreserved characters. RFC 3986 section 2.3. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** Dots alone mean a folder to whoever reads the path, encoded or not. RFC 3986 section 6.2.2.3. */
    private static String segment(String value) {
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw new UpstreamException(
                    Kind.INVALID,
                    "“" + value + "” is no id. Use an id from an earlier answer, exactly as it stands there.");
        }
        return encoded(value);
    }

    private static URI inside(URI base, String path) {
        // joined as text: a first segment with a colon would resolve as another scheme
        var address = URI.create(base + path);
        var same = address.getScheme().equals(base.getScheme())
                && address.getRawAuthority().equals(base.getRawAuthority())
                && address.normalize().getRawPath().startsWith(base.getRawPath());
        if (!same) {
            throw new IllegalArgumentException("the path leads out of the API: " + path);
        }
        return address;
    }
}
