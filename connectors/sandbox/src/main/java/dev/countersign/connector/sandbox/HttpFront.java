package dev.countersign.connector.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads requests, finds their route, and writes answers with the headers that every answer carries. */
final class HttpFront extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    /** How long a held connection stays open: longer than any client waits. */
    static final Duration HELD_FOR = Duration.ofMinutes(2);

    /** A message with its attachments in Base64; 25 MiB is what large providers take. */
    private static final int MAX_BODY_BYTES = 36 * 1024 * 1024;

    /** Everything that is not the API is a form. */
    private static final int MAX_FORM_BYTES = 64 * 1024;

    private final List<Route> routes;
    private final String authority;

    /** @param authority the only {@code Host} that is answered: another one is a page that was rebound to this address */
    HttpFront(List<Route> routes, String authority) {
        this.routes = List.copyOf(routes);
        this.authority = authority;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var answer = answer(request);
        switch (answer.delivery()) {
            case SENT -> write(answer, response, callback);
            case CLOSED -> close(request, callback);
            case HELD -> {
                hold(request);
                close(request, callback);
            }
        }
        return true;
    }

    private Answer answer(Request request) {
        try {
            return dispatch(read(request));
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (IOException e) {
            return Refusal.invalid("The body ended early.").answer();
        } catch (RuntimeException e) {
            // the type and place only: a message may quote what the caller sent
            var at = e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0].toString();
            LOG.error("request failed method={} error={} at={}", request.getMethod(), e.getClass(), at);
            return new Refusal(500, "server_error", "The sandbox failed. Try again later.").answer();
        }
    }

    private Answer dispatch(Incoming request) {
        var allowed = new ArrayList<String>();
        for (var route : routes) {
            var values = route.match(request.path());
            if (values.isEmpty()) {
                continue;
            }
            if (route.method().equals(request.method())) {
                return route.endpoint().answer(request.withValues(values.get()));
            }
            allowed.add(route.method());
        }
        if (allowed.isEmpty()) {
            return nothingHere(request);
        }
        throw new Refusal(405, "method_not_allowed", "Use " + String.join(" or ", Set.copyOf(allowed)) + ".")
                .with("Allow", String.join(", ", Set.copyOf(allowed)));
    }

    private static Answer nothingHere(Incoming request) {
        Route.Endpoint nothing = asked -> {
            throw Refusal.notFound("There is nothing at this address.");
        };
        var browser = request.header("accept").orElse("").contains("text/html");
        return (browser ? Pages.forPeople(nothing) : nothing).answer(request);
    }

    private Incoming read(Request request) throws IOException {
        var headers = new HashMap<String, List<String>>();
        for (var field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.getValue());
        }
        if (!headers.getOrDefault("host", List.of()).equals(List.of(authority))) {
            throw new Refusal(421, "misdirected", "This address is served as http://" + authority + " only.");
        }
        var path = request.getHttpURI().getPath();
        var rawQuery = request.getHttpURI().getQuery();
        var cookies = new HashMap<String, String>();
        for (var cookie : Request.getCookies(request)) {
            cookies.put(cookie.getName(), cookie.getValue());
        }
        return new Incoming(
                request.getMethod(),
                path == null || !path.startsWith("/") ? "/" : path,
                rawQuery == null ? "" : rawQuery,
                Incoming.decode(rawQuery == null ? "" : rawQuery),
                headers,
                cookies,
                body(request, path != null && path.startsWith("/api/") ? MAX_BODY_BYTES : MAX_FORM_BYTES),
                Request.getRemoteAddr(request),
                Map.of());
    }

    private static byte[] body(Request request, int maxBytes) throws IOException {
        if (request.getLength() > maxBytes) {
            throw new Refusal(413, "too_large", "The body may have " + maxBytes + " bytes.");
        }
        try (var in = Content.Source.asInputStream(request)) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new Refusal(413, "too_large", "The body may have " + maxBytes + " bytes.");
            }
            return bytes;
        }
    }

    private static void write(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        var headers = response.getHeaders();
        headers.add("X-Content-Type-Options", "nosniff");
        headers.add("Referrer-Policy", "no-referrer");
        headers.add("X-Frame-Options", "DENY");
        headers.add("Cross-Origin-Opener-Policy", "same-origin");
        headers.add("Cross-Origin-Resource-Policy", "same-origin");
        answer.headers().forEach(header -> headers.add(header.name(), header.value()));
        if (answer.headers().stream().noneMatch(header -> header.name().equals("Content-Security-Policy"))) {
            headers.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static void close(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("closed as told"));
    }

    /** Ends early when the server stops, which interrupts its threads. */
    private static void hold(Request request) {
        var until = System.nanoTime() + HELD_FOR.toNanos();
        var end = request.getConnectionMetaData().getConnection().getEndPoint();
        try {
            while (end.isOpen() && System.nanoTime() < until) {
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
