/**
 * The OAuth and MCP client that the demo and the benchmarks share. Uses no other room.
 */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
