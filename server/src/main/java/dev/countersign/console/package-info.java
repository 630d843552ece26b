/**
 * Pages for people, rendered by the server. Uses every room but mcp and cli.
 */
@NullMarked
package dev.countersign.console;

import org.jspecify.annotations.NullMarked;
