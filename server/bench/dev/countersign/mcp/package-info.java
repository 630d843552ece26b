/**
 * What the benchmark reaches of this room from inside: its endpoint with nothing in front of it, and the list of all tools.
 */
package dev.countersign.mcp;
