/**
 * The MCP endpoint of both eras: JSON-RPC, methods, tools, JSON Schema and the flow of a call. Uses policy and what lies under it,
 * and telemetry.
 */
@NullMarked
package dev.countersign.mcp;

import org.jspecify.annotations.NullMarked;
