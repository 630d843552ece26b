package dev.countersign.mcp;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client can do, and what it brought in this round of a request. MCP 2026-07-28, multi round-trip requests.
 *
 * @param capabilities its ClientCapabilities
 * @param responses to the requests of the round before, by their keys; what a client makes up stands here too
 * @param state of the {@link Answer.Input} before; it was checked to belong to this person, client and request
 */
public record Round(ObjectNode capabilities, Map<String, JsonNode> responses, Optional<String> state, ClientLog log) {
    static final Round NONE =
            new Round(JsonNodeFactory.instance.objectNode(), Map.of(), Optional.empty(), ClientLog.NONE);

    public Round {
        responses = Map.copyOf(responses);
    }

    /** Takes {@code notifications/message} to the client; only revisions before 2026-07-28 have it. */
    @FunctionalInterface
    public interface ClientLog {
        ClientLog NONE = (level, text) -> {};

        void log(String level, String text);
    }

    /** @param capability e.g. {@code sampling} */
    public boolean takes(String capability) {
        return capabilities.path(capability).isObject();
    }

    /** Whether an answer may be {@link Answer.Started}. */
    public boolean takesTasks() {
        return Tasks.declared(capabilities);
    }

    Round next(Map<String, JsonNode> brought, Optional<String> kept) {
        return new Round(capabilities, brought, kept, log);
    }
}
