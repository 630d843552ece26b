package dev.countersign.hosts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Addresses of servers, as people type them and as they are kept: scheme, host, port, and a path for DAV. */
public final class ServerAddress {
    private static final Map<String, Integer> PORTS =
            Map.of("https", 443, "http", 80, "imaps", 993, "imap", 143, "smtps", 465, "smtp", 587);

    private static final Set<String> NAMES = Set.of("caldav", "carddav", "imap", "smtp");

    private static final int MOST_LENGTH = 500;

    private ServerAddress() {}

    /**
     * Reads what somebody typed; what they left out is what most hosts have: TLS from the first byte, and its port.
     *
     * @param name what the server is for, e.g. {@code imap}
     * @return empty when it cannot be meant
     */
    public static Optional<URI> parse(String name, String typed) {
        var text = typed.strip();
        if (text.length() > MOST_LENGTH || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var whole = text.contains("://") ? new URI(text) : new URI("any://" + text);
            return kept(name, whole);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** An address in full, or empty when it is none for such a server. */
    public static Optional<URI> kept(String name, URI address) {
        var host = address.getHost();
        if (host == null || address.getRawQuery() != null || address.getRawFragment() != null) {
            return Optional.empty();
        }
        var given = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        var scheme = given.equals("any") ? scheme(name, address.getPort()) : given;
        if (!schemes(name).contains(scheme)) {
            return Optional.empty();
        }
        var port = address.getPort() >= 0 ? address.getPort() : PORTS.getOrDefault(scheme, -1);
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        var path = dav(name) ? path(address) : "";
        var user = address.getRawUserInfo() == null ? "" : address.getRawUserInfo() + "@";
        return Optional.of(
                URI.create(scheme + "://" + user + host.toLowerCase(Locale.ROOT) + shown(scheme, port) + path));
    }

    private static String path(URI address) {
        var path = Optional.ofNullable(address.getRawPath()).orElse("");
        return path.endsWith("/") ? path : path + "/";
    }

    private static String shown(String scheme, int port) {
        boolean usual = scheme.startsWith("http") && Integer.valueOf(port).equals(PORTS.get(scheme));
        return usual ? "" : ":" + port;
    }

    private static String scheme(String name, int port) {
        return switch (name) {
            case "imap" -> port == 143 ? "imap" : "imaps";
            case "smtp" -> port == 587 || port == 25 ? "smtp" : "smtps";
            default -> "https";
        };
    }

    private static List<String> schemes(String name) {
        return switch (name) {
            case "imap" -> List.of("imaps", "imap");
            case "smtp" -> List.of("smtps", "smtp");
            default -> List.of("https", "http");
        };
    }

    /** Whether this is the name of a server that is signed in to directly. */
    public static boolean names(String name) {
        return NAMES.contains(name);
    }

    /** Whether a server of this name is spoken to by HTTP. */
    public static boolean dav(String name) {
        return name.endsWith("dav");
    }

    /** Scheme, host and port are the same. RFC 6454 section 4. */
    public static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(String.valueOf(other.getScheme()))
                && one.getHost().equalsIgnoreCase(String.valueOf(other.getHost()))
                && port(one) == port(other);
    }

    /** A reference in an answer; empty when it is none. */
    static Optional<URI> resolved(URI from, String reference) {
        try {
            return Optional.of(from.resolve(new URI(reference))).filter(to -> to.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static int port(URI address) {
        return address.getPort() >= 0
                ? address.getPort()
                : PORTS.getOrDefault(address.getScheme().toLowerCase(Locale.ROOT), -1);
    }
}
