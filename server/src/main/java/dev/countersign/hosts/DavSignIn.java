package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.http.HttpHeader;

/** Signs in to a CalDAV or CardDAV server, and finds where at its host it answers. RFC 4918, RFC 5397, RFC 6764 section 5. */
final class DavSignIn {
    private static final Duration MOST_TIME = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_REDIRECTS = 4;
    private static final byte[] WHO_AM_I = question("<d:current-user-principal/><d:resourcetype/>");

    /** Where the person's calendars or address books lie. RFC 4791 section 6.2.1, RFC 6352 section 7.1.1. */
    private enum Home {
        CALDAV("urn:ietf:params:xml:ns:caldav", "calendar-home-set"),
        CARDDAV("urn:ietf:params:xml:ns:carddav", "addressbook-home-set");

        private final String namespace;
        private final String property;

        Home(String namespace, String property) {
            this.namespace = namespace;
            this.property = property;
        }

        byte[] question() {
            return DavSignIn.question("<h:" + property + " xmlns:h=\"" + namespace + "\"/>");
        }
    }

    private final HostHttp http;

    DavSignIn(HostHttp http) {
        this.http = http;
    }

    private static byte[] question(String properties) {
        return ("<?xml version=\"1.0\" encoding=\"utf-8\"?><d:propfind xmlns:d=\"DAV:\"><d:prop>" + properties
                        + "</d:prop></d:propfind>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The address at which the server answers as DAV does, with a slash at its end: at the host that was given, or where that
     * host says that the person's own things are, at a host beside it (iCloud spreads people so).
     *
     * @param name {@code caldav} or {@code carddav}
     */
    URI signIn(String name, URI server, Login login) throws HostFailure, InterruptedException {
        var entry = entry(name, server, login);
        var home = home(name, entry, login);
        if (home.isEmpty() || ServerAddress.sameOrigin(entry, home.get())) {
            return entry;
        }
        if (!beside(entry, home.get())) {
            throw new HostFailure(entry.getHost(), Reason.ELSEWHERE);
        }
        return entry(name, home.get().resolve("/"), login);
    }

    /** Hosts of one parent domain, which is more than a top-level domain. */
    private static boolean beside(URI one, URI other) {
        var parent = one.getHost().replaceFirst("^[^.]*\\.", "");
        return "https".equals(other.getScheme())
                && parent.contains(".")
                && other.getHost().toLowerCase(Locale.ROOT).endsWith("." + parent.toLowerCase(Locale.ROOT));
    }

    private Optional<URI> home(String name, URI entry, Login login) throws HostFailure, InterruptedException {
        var home = name.equals("carddav") ? Home.CARDDAV : Home.CALDAV;
        var principal = DavAnswer.href(asked(entry, WHO_AM_I, login).getContent(), "DAV:", "current-user-principal")
                .flatMap(href -> ServerAddress.resolved(entry, href))
                .filter(address -> ServerAddress.sameOrigin(entry, address));
        if (principal.isEmpty()) {
            return Optional.empty();
        }
        var answer = asked(principal.get(), home.question(), login).getContent();
        return DavAnswer.href(answer, home.namespace, home.property)
                .flatMap(href -> ServerAddress.resolved(principal.get(), href));
    }

    private URI entry(String name, URI server, Login login) throws HostFailure, InterruptedException {
        var at = withSlash(server);
        boolean guessed = !at.getPath().equals("/");
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            var answer = asked(at, WHO_AM_I, login);
            switch (answer.getStatus()) {
                case 207 -> {
                    return at;
                }
                case 401 -> throw new HostFailure(at.getHost(), Reason.PASSWORD_REFUSED);
                case 301, 302, 307, 308 -> at = redirected(at, answer);
                case 429, 503 -> throw new HostFailure(at.getHost(), Reason.LATER);
                default -> {
                    if (guessed) {
                        throw new HostFailure(at.getHost(), Reason.NOT_UNDERSTOOD);
                    }
                    guessed = true;
                    at = server.resolve("/.well-known/" + name);
                }
            }
        }
        throw new HostFailure(at.getHost(), Reason.NOT_UNDERSTOOD);
    }

    private ContentResponse asked(URI at, byte[] question, Login login) throws HostFailure, InterruptedException {
        var headers = List.of("Depth", "0", "Content-Type", "application/xml; charset=utf-8");
        return http.send(
                new HostHttp.Sent("PROPFIND", at, headers, question, Optional.of(login)), MOST_TIME, MOST_BYTES);
    }

    /** The password goes to no other origin. */
    private static URI redirected(URI from, ContentResponse answer) throws HostFailure {
        var to = Optional.ofNullable(answer.getHeaders().get(HttpHeader.LOCATION))
                .flatMap(location -> ServerAddress.resolved(from, location))
                .orElseThrow(() -> new HostFailure(from.getHost(), Reason.NOT_UNDERSTOOD));
        if (!ServerAddress.sameOrigin(from, to)) {
            throw new HostFailure(from.getHost(), Reason.ELSEWHERE);
        }
        return withSlash(to);
    }

    private static URI withSlash(URI address) {
        var path = Optional.ofNullable(address.getRawPath()).orElse("");
        return path.endsWith("/") ? address : address.resolve(path.isEmpty() ? "/" : path + "/");
    }
}
