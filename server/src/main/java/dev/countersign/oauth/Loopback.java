package dev.countersign.oauth;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A loopback redirect URI, whose port the client's machine picks anew each time. RFC 8252 section 7.3.
 *
 * @param withoutPort what must be equal: scheme, host, path and query
 */
record Loopback(String withoutPort) {
    private static final Pattern URI =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost))(?::(\\d{1,5}))?((?:[/?].*)?)");

    private static final int MOST_PORT = 65_535;

    static Optional<Loopback> of(String redirectUri) {
        var parts = URI.matcher(redirectUri);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var port = parts.group(2);
        if (port != null && (Integer.parseInt(port) > MOST_PORT || Integer.parseInt(port) == 0)) {
            return Optional.empty();
        }
        return Optional.of(new Loopback(parts.group(1) + parts.group(3)));
    }

    static boolean isLoopbackHost(@Nullable String host) {
        return host != null && (host.equals("127.0.0.1") || host.equals("[::1]") || host.equals("localhost"));
    }
}
