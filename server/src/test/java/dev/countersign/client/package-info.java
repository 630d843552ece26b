/**
 * The bridge against a server whose answers the tests write.
 */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
