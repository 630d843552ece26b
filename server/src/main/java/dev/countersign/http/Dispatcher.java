package dev.countersign.http;

import dev.countersign.telemetry.WithoutMessages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each request to its route, behind the checks that all requests pass. */
final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final RouteTable routes;
    private final List<Handler> rawHandlers;
    private final HttpSettings settings;
    private final ErrorPages errorPages;
    private volatile OriginCheck origins;
    private volatile SecurityHeaders securityHeaders;

    Dispatcher(HttpSettings settings, List<Route> routes, ErrorPages errorPages) {
        this.routes = new RouteTable(routes);
        this.rawHandlers = routes.stream()
                .filter(Route.Raw.class::isInstance)
                .map(route -> ((Route.Raw) route).handler())
                .distinct()
                .toList();
        this.settings = settings;
        this.errorPages = errorPages;
        this.origins = new OriginCheck(settings, settings.port());
        this.securityHeaders = new SecurityHeaders(settings.https(), origins);
    }

    /** Once the listener knows its port. */
    void listensOn(int port) {
        origins = new OriginCheck(settings, port);
        securityHeaders = new SecurityHeaders(settings.https(), origins);
    }

    @Override
    protected void doStart() throws Exception {
        for (var handler : rawHandlers) {
            handler.setServer(getServer());
            addBean(handler, true);
        }
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var match = routes.find(request.getHttpURI().getPath());
        var kind = match.map(found -> found.route().kind()).orElse(Route.Kind.PAGE);
        securityHeaders.addTo(request, response, kind);
        var problem = origins.problem(request, kind);
        if (!problem.isEmpty()) {
            send(response, callback, error(kind, problem.contains("host name") ? 421 : 403, problem, ""));
        } else if (match.isEmpty()) {
            send(response, callback, error(kind, 404, "There is nothing at this address.", ""));
        } else {
            answer(match.get(), request, response, callback);
        }
        return true;
    }

    private void answer(RouteTable.Match match, Request request, Response response, Callback callback)
            throws Exception {
        switch (match.route()) {
            case Route.Raw raw -> answerRaw(raw, request, response, callback);
            case Route.Simple simple -> answerSimple(simple, match, request, response, callback);
        }
    }

    private void answerRaw(Route.Raw raw, Request request, Response response, Callback callback) throws Exception {
        if (request.getMethod().equals("OPTIONS")) {
            SecurityHeaders.addPreflight(response, "GET, POST, DELETE");
            send(response, callback, dev.countersign.http.Response.empty(204));
        } else if (!raw.handler().handle(request, response, callback)) {
            send(response, callback, error(raw.kind(), 404, "There is nothing at this address.", ""));
        }
    }

    private void answerSimple(
            Route.Simple route, RouteTable.Match match, Request request, Response response, Callback callback) {
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        if (method.equals("OPTIONS") && route.kind() == Route.Kind.OPEN_API) {
            SecurityHeaders.addPreflight(response, allowed(route.methods()));
            send(response, callback, dev.countersign.http.Response.empty(204));
        } else if (!route.methods().contains(method)) {
            var allowed = allowed(route.methods());
            var answer = error(route.kind(), 405, "This address takes " + allowed + " only.", "");
            send(response, callback, answer.with("Allow", allowed));
        } else {
            var client = settings.trustedProxies().client(request);
            var asked = new dev.countersign.http.Request(request, match.values(), client);
            send(response, callback, endpointAnswer(route, asked));
        }
    }

    private dev.countersign.http.Response endpointAnswer(Route.Simple route, dev.countersign.http.Request request) {
        try {
            return route.endpoint().answer(request);
        } catch (HttpException e) {
            return error(route.kind(), e.status(), e.sentence(), "");
        } catch (Exception e) {
            var errorId = UUID.randomUUID().toString();
            LOG.error("request failed: route={} error={}", route.path(), errorId, WithoutMessages.of(e));
            return error(route.kind(), 500, "Something went wrong on our side. Nothing was changed twice.", errorId);
        }
    }

    private dev.countersign.http.Response error(Route.Kind kind, int status, String sentence, String errorId) {
        return switch (kind) {
            case PAGE, ASSET -> errorPages.page(status, sentence, errorId);
            case OPEN_API, MCP ->
                dev.countersign.http.Response.json(
                        status,
                        "{\"error\":\"%s\",\"error_description\":\"%s\"}"
                                .formatted(status < 500 ? "invalid_request" : "server_error", sentence));
        };
    }

    private static String allowed(Set<String> methods) {
        return String.join(", ", new TreeSet<>(methods));
    }

    private static void send(Response response, Callback callback, dev.countersign.http.Response answer) {
        response.setStatus(answer.status());
        var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var header : answer.headers()) {
            if (names.add(header.name())) {
                response.getHeaders().put(header.name(), header.value());
            } else {
                response.getHeaders().add(header.name(), header.value());
            }
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
