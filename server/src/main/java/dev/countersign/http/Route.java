package dev.countersign.http;

import java.util.Set;
import org.eclipse.jetty.server.Handler;

/** One line of the table of routes. */
public sealed interface Route {
    /** Matches the whole path; {@code {name}} stands for one segment that is not empty. */
    String path();

    Kind kind();

    /** An endpoint for some methods; others are answered 405 with {@code Allow}. */
    record Simple(Set<String> methods, String path, Kind kind, Endpoint endpoint) implements Route {
        public Simple {
            methods = Set.copyOf(methods);
        }
    }

    /** A Jetty handler that sees every method of the path itself: MCP. */
    record Raw(String path, Kind kind, Handler handler) implements Route {}

    /** Who calls it, which decides on headers and on the Origins that are let in. */
    enum Kind {
        /** A page for a browser: HTML headers, only our own Origin may post. */
        PAGE,
        /** Called by programs, also by pages of other origins where CORS allows: JSON headers, {@code *} without credentials. */
        OPEN_API,
        /** MCP: no CORS but for configured origins; a foreign Origin is 403. */
        MCP,
        /** Style sheets, icons, scripts: cacheable. */
        ASSET
    }

    static Route get(String path, Kind kind, Endpoint endpoint) {
        return new Simple(Set.of("GET"), path, kind, endpoint);
    }

    static Route post(String path, Kind kind, Endpoint endpoint) {
        return new Simple(Set.of("POST"), path, kind, endpoint);
    }

    static Route getOrPost(String path, Kind kind, Endpoint endpoint) {
        return new Simple(Set.of("GET", "POST"), path, kind, endpoint);
    }

    static Route raw(String path, Kind kind, Handler handler) {
        return new Raw(path, kind, handler);
    }
}
