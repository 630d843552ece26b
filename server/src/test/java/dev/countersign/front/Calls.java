package dev.countersign.front;

import dev.countersign.client.ModernClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the tests ask for, and how they read the answers of 2026-07-28. */
final class Calls {
    private Calls() {}

    static Map<String, Object> mail(String to, String subject) {
        return Map.of("to", List.of(to), "subject", subject, "body", "See you there.");
    }

    static Map<String, Object> event(String title) {
        return Map.of("title", title, "start", "2027-03-01T10:00", "end", "2027-03-01T11:00");
    }

    /** The page that a client is sent to, by elicitation or, where it cannot be asked, by the result. */
    static URI page(ModernClient.Answer answer) {
        var result = answer.result();
        if (answer.asksForInput()) {
            return URI.create(result.path("inputRequests")
                    .valueStream()
                    .map(input -> input.path("params").path("url").asString())
                    .findFirst()
                    .orElseThrow());
        }
        return URI.create(result.path("_meta").path("dev.countersign/url").asString());
    }

    static String status(ModernClient.Answer answer) {
        return answer.result().path("_meta").path("dev.countersign/status").asString("");
    }

    static boolean failed(ModernClient.Answer answer) {
        return answer.result().path("isError").asBoolean(false);
    }

    static String text(ModernClient.Answer answer) {
        return answer.result()
                .path("content")
                .valueStream()
                .map(part -> part.path("text").asString(""))
                .reduce("", String::concat);
    }

    static JsonNode structured(ModernClient.Answer answer) {
        return answer.result().path("structuredContent");
    }
}
