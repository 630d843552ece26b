package dev.countersign.mcp;

import dev.countersign.connector.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools of connectors, toolsets and the server itself, by name. */
public final class ToolCatalog {
    private final Map<String, CheckedTool<?, ?>> tools = new LinkedHashMap<>();

    /** Fails when two have the same name. */
    public ToolCatalog(List<? extends Tool<?, ?>> all) {
        for (var tool : all) {
            if (tools.put(tool.name(), new CheckedTool<>(tool)) != null) {
                throw new IllegalArgumentException("two tools are called " + tool.name());
            }
        }
    }

    Optional<CheckedTool<?, ?>> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    List<CheckedTool<?, ?>> all() {
        return List.copyOf(tools.values());
    }
}
