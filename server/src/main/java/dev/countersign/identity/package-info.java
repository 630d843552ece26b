/**
 * People: passwords, browser sessions and the one-time link that makes the first of them. Uses store, vault, audit and http.
 */
@NullMarked
package dev.countersign.identity;

import org.jspecify.annotations.NullMarked;
