package dev.countersign.mcp;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource, or with {@code {names}} in its address a template of many, as the endpoint serves it in both eras. MCP
 * 2026-07-28, server/resources.
 */
public interface ServedResource {
    /** An address or a template in which {@code {name}} stands for one segment, e.g. {@code countersign://mail/{thread}}. */
    String uri();

    /** As {@code resources/list} or {@code resources/templates/list} shows it, with its {@code uri} or {@code uriTemplate}. */
    ObjectNode definition();

    /** Our scopes that reading needs. */
    Set<String> scopes();

    /** Whether {@link ResourceChanges} tells when it has changed. */
    boolean subscribable();

    /**
     * Reads it: the members of a ReadResourceResult, as {@link ServedTool#call} runs.
     *
     * @param request its arguments are {@code uri} and the values of the template's names
     */
    Answer read(ToolRequest request);

    /**
     * What a name of the template may stand for, best first.
     *
     * @param request its arguments are those that the client has filled in already
     */
    default List<String> complete(ToolRequest request, String name, String begun) {
        return List.of();
    }
}
