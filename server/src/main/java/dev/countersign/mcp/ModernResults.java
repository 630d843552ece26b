package dev.countersign.mcp;

/** What every result of 2026-07-28 carries: who answers. */
record ModernResults(String serverInfo) {
    /** @param more members of {@code _meta}; may be empty */
    String meta(String more) {
        return ",\"_meta\":{" + serverInfo + (more.isEmpty() ? "" : "," + more) + "}";
    }
}
