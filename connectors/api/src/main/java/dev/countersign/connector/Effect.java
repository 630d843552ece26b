package dev.countersign.connector;

/** What a call does to the world. MCP tool annotations and the least confirmation tier are derived from it. */
public enum Effect {
    /** Changes nothing. */
    READ,
    /** Changes the person's own data and can be undone. */
    WRITE,
    /** Reaches other people. */
    SEND,
    /** Cannot be undone. */
    DELETE
}
