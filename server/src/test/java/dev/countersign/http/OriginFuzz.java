package dev.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * Names and origins: a line with method and target, then a head. What passes came under one name of ours; where pages of
 * others may not call, its Origin is absent or one of ours, letter for letter. The sender behind proxies is always an address.
 * MCP 2026-07-28, streamable HTTP, security.
 */
public final class OriginFuzz {
    private static final int PORT = 8484;
    private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8", "::1"));
    private static final OriginCheck CHECK = new OriginCheck(
            new HttpSettings(
                    URI.create("https://sign.example.com"),
                    "127.0.0.1",
                    PORT,
                    1024,
                    Set.of("sign.internal:8484"),
                    Set.of("https://app.example.com"),
                    PROXIES,
                    Optional.empty(),
                    Duration.ofSeconds(30)),
            PORT);
    private static final Set<String> HOSTS =
            Set.of("sign.example.com", "sign.internal:8484", "localhost:8484", "127.0.0.1:8484", "[::1]:8484");
    private static final Set<String> ORIGINS = Set.of(
            "https://sign.example.com", "https://localhost:8484", "https://127.0.0.1:8484", "https://[::1]:8484");

    private OriginFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
        var start = lines[0].split(" ", 2);
        var headers = headers(lines);
        uri(start).ifPresent(uri -> {
            for (var kind : Route.Kind.values()) {
                isChecked(request(start[0], uri, headers), kind);
            }
        });
        isAnAddress(TrustedProxies.forwardedFor(headers));
    }

    private static HttpFields headers(String[] lines) {
        var headers = HttpFields.build();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(new HttpField(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip()));
            }
        }
        return headers.asImmutable();
    }

    /** Empty for a target that the listener refuses itself; Jetty's reader of addresses fails in its own way beyond ASCII. */
    private static Optional<HttpURI> uri(String[] start) {
        try {
            return Optional.of(HttpURI.from(start.length == 2 ? start[1] : "/"));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Request request(String method, HttpURI uri, HttpFields headers) {
        return (Request) Proxy.newProxyInstance(
                OriginFuzz.class.getClassLoader(),
                new Class<?>[] {Request.class},
                (proxy, asked, arguments) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getHttpURI" -> uri;
                    case "getHeaders" -> headers;
                    default -> throw new UnsupportedOperationException(asked.getName());
                });
    }

    private static void isChecked(Request request, Route.Kind kind) {
        if (!CHECK.problem(request, kind).isEmpty()) {
            return;
        }
        var hosts = request.getHeaders().getValuesList("Host");
        assertThat(hosts.size()).isLessThanOrEqualTo(1);
        assertThat(hosts).allMatch(host -> HOSTS.contains(host.toLowerCase(Locale.ROOT)));
        var authority = Optional.ofNullable(request.getHttpURI().getAuthority());
        assertThat(authority.stream()).allMatch(host -> HOSTS.contains(host.toLowerCase(Locale.ROOT)));
        var origins = request.getHeaders().getValuesList("Origin");
        if (kind == Route.Kind.PAGE || kind == Route.Kind.MCP) {
            assertThat(origins.size()).isLessThanOrEqualTo(1);
            assertThat(origins)
                    .allMatch(origin -> ORIGINS.contains(origin)
                            || (kind == Route.Kind.MCP && origin.equals("https://app.example.com")));
        }
    }

    private static void isAnAddress(List<String> forwardedFor) {
        for (var peer : List.of("10.1.2.3", "::1", "192.0.2.1")) {
            var sender = PROXIES.sender(peer, forwardedFor);
            assertThat(InetAddress.ofLiteral(sender)).isNotNull();
            assertThat(TrustedProxies.NONE.sender(peer, forwardedFor)).isEqualTo(peer);
        }
        assertThat(PROXIES.sender("192.0.2.1", forwardedFor)).isEqualTo("192.0.2.1");
    }
}
