/**
 * Secrets: keys, sealed tokens and sealed state; the only room that decrypts. Uses store.
 */
@NullMarked
package dev.countersign.vault;

import org.jspecify.annotations.NullMarked;
