package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.http.HttpHeader;

/** Signs in to a CalDAV or CardDAV server, and finds where at its host it answers. RFC 4918, RFC 5397, RFC 6764 section 5. */
final class DavSignIn {
    private static final Duration MOST_TIME = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_REDIRECTS = 4;
    private static final byte[] WHO_AM_I = ("<?xml version=\"1.0\" encoding=\"utf-8\"?><d:propfind xmlns:d=\"DAV:\"><d:prop>"
                    + "<d:current-user-principal/><d:resourcetype/></d:prop></d:propfind>")
            .getBytes(StandardCharsets.UTF_8);

    private final HostHttp http;

    DavSignIn(HostHttp http) {
        this.http = http;
    }

    /**
     * The address at which the server answers as DAV does, of the same origin and with a slash at its end.
     *
     * @param name {@code caldav} or {@code carddav}
     */
    URI signIn(String name, URI server, Login login) throws HostFailure, InterruptedException {
        var at = withSlash(server);
        boolean guessed = !at.getPath().equals("/");
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            var answer = asked(at, login);
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

    private ContentResponse asked(URI at, Login login) throws HostFailure, InterruptedException {
        var headers = List.of("Depth", "0", "Content-Type", "application/xml; charset=utf-8");
        return http.send(
                new HostHttp.Sent("PROPFIND", at, headers, WHO_AM_I, Optional.of(login)), MOST_TIME, MOST_BYTES);
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
