package dev.countersign.mcp;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A tool of a connector, a toolset or the server: it acts for a person, through the checks of {@link CallFlow}. */
record ConnectorTool(CheckedTool<?, ?> checked, CallFlow flow) implements ServedTool {
    @Override
    public String name() {
        return checked.tool().name();
    }

    @Override
    public ObjectNode definition() {
        return checked.definition();
    }

    @Override
    public Set<String> scopes() {
        return Set.copyOf(checked.tool().scopes());
    }

    @Override
    public Answer call(ToolRequest request) {
        return flow.call(checked, request);
    }
}
