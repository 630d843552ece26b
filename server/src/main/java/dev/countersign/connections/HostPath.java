package dev.countersign.connections;

import dev.countersign.hosts.ServerAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses at one DAV server: relative to where it answers, or as its own answers name them, which may lie anywhere at its
 * origin and nowhere else. RFC 4918 section 8.3.
 */
final class HostPath {
    /** What RFC 3986 lets stand in a path, percent-encoded octets included. */
    private static final Pattern PATH = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=@:/-]|%[0-9A-Fa-f]{2})*");

    private HostPath() {}

    /** Empty when it leads elsewhere or is no address. Values fill braces, each as one segment. */
    static Optional<URI> of(URI base, String path, Object... values) {
        var filled = values.length == 0 ? path : SegmentedPath.filled(path, values);
        if (filled.contains("://")) {
            return absolute(base, filled);
        }
        if (!PATH.matcher(filled).matches() || filled.startsWith("//") || climbs(filled)) {
            return Optional.empty();
        }
        var start = filled.startsWith("/") ? origin(base) : base.toString();
        return Optional.of(URI.create(start + filled));
    }

    private static Optional<URI> absolute(URI base, String address) {
        try {
            var uri = new URI(address);
            var path = Optional.ofNullable(uri.getRawPath()).filter(text -> !text.isEmpty());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            return bare && uri.getHost() != null && ServerAddress.sameOrigin(base, uri)
                    ? of(base, path.orElse("/"))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean climbs(String path) {
        return (path + "/").contains("/../") || path.startsWith("../");
    }

    private static String origin(URI base) {
        return base.getScheme() + "://" + base.getRawAuthority();
    }
}
