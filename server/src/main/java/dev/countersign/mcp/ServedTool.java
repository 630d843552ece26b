package dev.countersign.mcp;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool as the endpoint serves it, in both eras. {@link ConnectorTool} is the kind that acts for a person; others may be
 * registered beside it.
 */
public interface ServedTool {
    String name();

    /** As {@code tools/list} shows it: name, title, description, schemas, annotations. */
    ObjectNode definition();

    /** Our scopes that a call needs. A token without them is answered 403 before {@link #call} is entered. */
    Set<String> scopes();

    /** Whether it writes to the client's log, which only revisions before 2026-07-28 have. */
    default boolean logs() {
        return false;
    }

    /**
     * Runs on the caller's virtual thread and may block.
     *
     * @throws CallEndedException when the client went away: nothing more is sent
     */
    Answer call(ToolRequest request);
}
