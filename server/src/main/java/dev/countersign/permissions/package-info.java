/**
 * Relationship tuples and the questions asked of them: check, list, filter. Uses store.
 */
@NullMarked
package dev.countersign.permissions;

import org.jspecify.annotations.NullMarked;
