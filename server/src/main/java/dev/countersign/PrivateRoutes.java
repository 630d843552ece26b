package dev.countersign;

import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.http.Route.Kind;
import dev.countersign.store.Database;
import dev.countersign.store.Sql;
import dev.countersign.store.StoreException;
import dev.countersign.telemetry.Metrics;
import java.util.List;

/** What the machine that runs the server asks, on a port of its own on loopback. */
final class PrivateRoutes {
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private PrivateRoutes() {}

    static List<Route> of(Database database, Metrics metrics) {
        return List.of(
                Route.get("/livez", Kind.OPEN_API, request -> Response.text(200, "alive\n")),
                Route.get("/readyz", Kind.OPEN_API, request -> ready(database)),
                Route.get(
                        "/metrics",
                        Kind.OPEN_API,
                        request -> new Response(
                                200, List.of(new Response.Header("Content-Type", METRICS_TYPE)), metrics.text())));
    }

    /** Everything is started before this port is open, so only the database can be out of reach. */
    private static Response ready(Database database) {
        try {
            database.read(connection -> Sql.first(connection, "SELECT 1", row -> row.getInt(1)));
            return Response.text(200, "ready\n");
        } catch (StoreException e) {
            return Response.text(503, "the database does not answer\n");
        }
    }
}
