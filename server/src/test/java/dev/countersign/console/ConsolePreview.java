package dev.countersign.console;

import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpServer;
import dev.countersign.http.HttpSettings;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Serves every page with sample data, to be looked at: {@code /preview/approval}. */
public final class ConsolePreview {
    private ConsolePreview() {}

    /** The port is the first argument. */
    public static void main(String[] arguments) throws Exception {
        try (var server = start(Integer.parseInt(arguments[0]), Samples.friendly())) {
            System.out.println("http://127.0.0.1:" + server.port() + "/");
            Thread.currentThread().join();
        }
    }

    static HttpServer start(int port, List<Samples.Page> pages) throws IOException {
        var assets = new Assets();
        var templates = new Templates();
        var routes = new ArrayList<>(assets.routes());
        for (var page : pages) {
            routes.add(Route.get(
                    "/preview/" + page.name(),
                    Route.Kind.PAGE,
                    request -> templates.page(200, page.template(), page.frame(assets.folder()), page.view())));
        }
        routes.add(Route.get("/", Route.Kind.PAGE, request -> index(pages)));
        return HttpServer.start(HttpSettings.loopback(port), routes, ErrorPages.PLAIN);
    }

    private static Response index(List<Samples.Page> pages) {
        var links = new StringBuilder("<!DOCTYPE html><title>Pages</title><ul>");
        pages.forEach(page -> links.append("<li><a href=\"/preview/%1$s\">%1$s</a>".formatted(page.name())));
        return Response.html(200, links.append("</ul>").toString());
    }
}
