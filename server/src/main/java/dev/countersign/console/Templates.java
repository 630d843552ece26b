package dev.countersign.console;

import dev.countersign.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** The pages, compiled with the program. Every value in them is escaped for the place where it stands. */
final class Templates {
    private static final String PACKAGE = "dev.countersign.console.pages";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader(), PACKAGE);

    /** A whole page; {@code name} is its template's without ending. */
    Response page(int status, String name, Frame frame, Record view) {
        var html = new StringOutput();
        engine.render(name + ".jte", Map.of("frame", frame, "view", view), html);
        return Response.html(status, html.toString());
    }
}
