/**
 * Tests through the front: the whole server on free ports, official clients, the sandbox provider and a real browser.
 */
@NullMarked
package dev.countersign.front;

import org.jspecify.annotations.NullMarked;
