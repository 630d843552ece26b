package dev.countersign.connector.microsoft;

import dev.countersign.connector.Upstream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What every request to Graph shares: its preferences and its paging. A next link is an address of Graph's; only its query is
 * taken, onto the path that was asked, so that it leads nowhere else.
 *
 * @see <a href="https://learn.microsoft.com/graph/paging">Paging</a>
 */
final class Graph {
    /** Ids that stay when an item moves, and times in UTC. */
    private static final String PREFERENCES = "IdType=\"ImmutableId\", outlook.timezone=\"UTC\"";

    private Graph() {}

    static Upstream.Request preferring(Upstream.Request request) {
        return request.header("Prefer", PREFERENCES);
    }

    /** The same with bodies as plain text. */
    static Upstream.Request preferringText(Upstream.Request request) {
        return request.header("Prefer", PREFERENCES + ", outlook.body-content-type=\"text\"");
    }

    /** For a request within a batch. */
    static String preferences() {
        return PREFERENCES;
    }

    /** RFC 9110 section 13.1.1. */
    static Upstream.Request ifMatch(Upstream.Request request, Optional<String> version) {
        return version.map(tag -> request.header("If-Match", tag)).orElse(request);
    }

    /** The state of the page after this one. The page on searching files shows a link with {@code &} for {@code ?}. */
    static Optional<String> next(Optional<String> nextLink) {
        return nextLink.map(link -> link.replaceFirst("^[^?]*\\?|^.*?\\)&", ""));
    }

    /** Asks for the page of that state. */
    static Upstream.Request page(Upstream.Request request, String state) {
        for (var parameter : state.split("&")) {
            var parts = parameter.split("=", 2);
            request.query(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        return request;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A text in a {@code $filter} stands between apostrophes. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
