package dev.countersign.connector.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a played provider answers.
 *
 * @param header the one that the status asks for
 */
record PlayedReply(int status, Map.Entry<String, String> header, String body) {
    static PlayedReply json(int status, String json) {
        return new PlayedReply(status, Map.entry("Content-Type", "application/json"), json);
    }

    static PlayedReply redirect(String location) {
        return new PlayedReply(302, Map.entry("Location", location), "");
    }

    /** The parameters of an address or of a form; none when there are none. */
    static Map<String, String> parameters(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : Optional.ofNullable(encoded).orElse("").split("&")) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                parameters.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    void send(HttpExchange exchange) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set(header.getKey(), header.getValue());
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
