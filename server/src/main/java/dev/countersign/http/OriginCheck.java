package dev.countersign.http;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Refuses requests under a name that is not ours and requests that pages of other origins send. MCP 2026-07-28, streamable
 * HTTP, security: a server must check Origin; Host is checked too, because a rebound name makes a foreign page same-origin.
 */
final class OriginCheck {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts = new HashSet<>();
    private final Set<String> ourOrigins = new HashSet<>();
    private final Set<String> mcpOrigins;

    OriginCheck(HttpSettings settings, int port) {
        this.mcpOrigins = settings.mcpOrigins();
        hosts.add(settings.publicUrl().getRawAuthority().toLowerCase(Locale.ROOT));
        hosts.addAll(settings.otherHosts());
        ourOrigins.add(origin(settings.publicUrl()));
        if (LOOPBACK_NAMES.contains(settings.host()) || settings.host().equals("::1")) {
            for (var name : LOOPBACK_NAMES) {
                hosts.add(name + ":" + port);
                ourOrigins.add((settings.https() ? "https://" : "http://") + name + ":" + port);
            }
        }
    }

    /** The sentence that says why the request is refused, or an empty text when it is fine. */
    String problem(Request request, Route.Kind kind) {
        var hostValues = request.getHeaders().getValuesList(HttpHeader.HOST);
        var authority = request.getHttpURI().getAuthority();
        if (hostValues.size() > 1 || !isOurs(hostValues) || (authority != null && !isOurs(List.of(authority)))) {
            return "This server does not answer to that host name. Set public-url to the address that you use.";
        }
        var origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        if (kind == Route.Kind.OPEN_API || kind == Route.Kind.ASSET || origins.isEmpty()) {
            return crossSite(request, kind);
        }
        boolean allowed = origins.size() == 1
                && (ourOrigins.contains(origins.getFirst())
                        || (kind == Route.Kind.MCP && mcpOrigins.contains(origins.getFirst())));
        return allowed ? "" : "Requests from that origin are not allowed.";
    }

    boolean isMcpOrigin(String origin) {
        return mcpOrigins.contains(origin);
    }

    private static String crossSite(Request request, Route.Kind kind) {
        // Fetch Metadata: an old browser sends neither header, and then the form's own token decides
        var site = request.getHeaders().get("Sec-Fetch-Site");
        boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
        return kind == Route.Kind.PAGE && foreign && request.getMethod().equals("POST")
                ? "Requests from other sites are not allowed."
                : "";
    }

    private boolean isOurs(List<String> values) {
        return values.stream().allMatch(value -> hosts.contains(value.toLowerCase(Locale.ROOT)));
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT);
    }
}
