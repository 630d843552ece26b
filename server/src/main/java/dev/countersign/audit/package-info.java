/**
 * The append-only, hash-linked log of decisions. Uses store and vault.
 */
@NullMarked
package dev.countersign.audit;

import org.jspecify.annotations.NullMarked;
