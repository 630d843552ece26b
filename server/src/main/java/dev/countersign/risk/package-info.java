/**
 * Signals with a reason in words, each person's own history, and the responses that climb. Uses oauth, vault, audit, store and http.
 */
@NullMarked
package dev.countersign.risk;

import org.jspecify.annotations.NullMarked;
