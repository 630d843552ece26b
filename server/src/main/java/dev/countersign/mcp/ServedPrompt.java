package dev.countersign.mcp;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A prompt that a person picks, as the endpoint serves it in both eras. MCP 2026-07-28, server/prompts. */
public interface ServedPrompt {
    String name();

    /** As {@code prompts/list} shows it: name, title, description, arguments. */
    ObjectNode definition();

    /** Our scopes that it needs. */
    Set<String> scopes();

    /** Writes it: the members of a GetPromptResult. The required arguments are there, and all are texts. */
    Answer get(ToolRequest request);

    /**
     * What an argument may be, best first.
     *
     * @param request its arguments are those that the client has filled in already
     */
    default List<String> complete(ToolRequest request, String argument, String begun) {
        return List.of();
    }
}
