package dev.countersign.mcp;

import dev.countersign.oauth.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Work that goes on after its request was answered. A task belongs to one person and one client: for all others it is not
 * there. Its id has 128 random bits at least. The tasks extension, {@code io.modelcontextprotocol/tasks}.
 */
public interface Tasks {
    String EXTENSION = "io.modelcontextprotocol/tasks";

    /** There are none. */
    Tasks NONE = new Tasks() {
        @Override
        public Optional<Task> find(Principal principal, String id, ObjectNode capabilities) {
            return Optional.empty();
        }

        @Override
        public boolean update(Principal principal, String id, Map<String, JsonNode> responses) {
            return false;
        }

        @Override
        public boolean cancel(Principal principal, String id) {
            return false;
        }

        @Override
        public void listen(Consumer<String> changed) {}
    };

    /** @param capabilities of the client in this request: they say in which form it can be asked */
    Optional<Task> find(Principal principal, String id, ObjectNode capabilities);

    /**
     * Takes answers to open requests of the task; answers to others count for nothing.
     *
     * @return false when there is no such task
     */
    boolean update(Principal principal, String id, Map<String, JsonNode> responses);

    /**
     * Ends the task when it can still be ended.
     *
     * @return false when there is no such task
     */
    boolean cancel(Principal principal, String id);

    /** Hears the ids of tasks that changed, on this node, after the change is durable. Must return soon. */
    void listen(Consumer<String> changed);

    static boolean declared(ObjectNode capabilities) {
        return capabilities.path("extensions").path(EXTENSION).isObject();
    }

    /** What a client must declare. */
    static ObjectNode required() {
        var required = JsonNodeFactory.instance.objectNode();
        required.putObject("extensions").putObject(EXTENSION);
        return required;
    }
}
