/**
 * Signals with a reason in words, each person's own history, and the responses that climb. Uses oauth, vault, audit and store.
 */
@NullMarked
package dev.countersign.risk;

import org.jspecify.annotations.NullMarked;
