/**
 * The workspace tools from end to end: one suite through the front of the whole server, the same for every provider that
 * serves them.
 */
@NullMarked
package dev.countersign.workspace;

import org.jspecify.annotations.NullMarked;
