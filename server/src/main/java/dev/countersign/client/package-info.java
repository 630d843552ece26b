/**
 * The OAuth and MCP client that the demo, the benchmarks and the stdio bridge share, and the bridge itself. Uses no other room.
 */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
