package dev.countersign.mcp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All tools, in the order of their names. The list is the same for every caller: a token with few scopes sees a tool and is
 * told at the call which scope it needs.
 */
public final class ToolRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ToolRegistry.class);

    private final Map<String, ServedTool> tools = new LinkedHashMap<>();
    private final Once<Listed> listed;

    /** What the definitions of all say, which a start does not need. One that cannot be described keeps no other away. */
    private record Listed(Pages pages, Map<String, Map<String, List<String>>> mirrored) {
        static Listed of(Collection<ServedTool> tools, int pageSize) {
            var definitions = new LinkedHashMap<String, ObjectNode>();
            var mirrored = new HashMap<String, Map<String, List<String>>>();
            for (var tool : tools) {
                try {
                    mirrored.put(
                            tool.name(),
                            ModernHeaders.mirrored(tool.definition().path("inputSchema")));
                    definitions.put(tool.name(), tool.definition());
                } catch (RuntimeException | LinkageError e) {
                    LOG.error("tool {} cannot be described and is left out of the list", tool.name(), e);
                }
            }
            return new Listed(new Pages("tools", definitions, pageSize), mirrored);
        }
    }

    public ToolRegistry(List<? extends ServedTool> tools) {
        this(tools, Pages.SIZE);
    }

    ToolRegistry(List<? extends ServedTool> served, int pageSize) {
        var sorted = new ArrayList<ServedTool>(served);
        sorted.sort(Comparator.comparing(ServedTool::name));
        for (var tool : sorted) {
            if (tools.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        }
        this.listed = Once.of(() -> Listed.of(tools.values(), pageSize));
    }

    Optional<ServedTool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    public List<String> names() {
        return List.copyOf(tools.keySet());
    }

    /** Whether any of them writes to the client's log. */
    boolean logs() {
        return tools.values().stream().anyMatch(ServedTool::logs);
    }

    /** Makes what lists and calls need before one of them does. */
    void describe() {
        listed.get();
    }

    /** The members of a ListToolsResult; empty when there is no such page. */
    Optional<String> page(Optional<String> cursor) {
        return listed.get().pages().page(cursor);
    }

    /** Arguments that a client mirrors into {@code Mcp-Param-} headers. */
    Map<String, List<String>> mirrored(String tool) {
        return listed.get().mirrored().getOrDefault(tool, Map.of());
    }
}
