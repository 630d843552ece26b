/**
 * The tests that every connector passes, and what they need: an {@code Upstream} and a {@code Call} of their own. Uses the
 * connector API and the workspace services; knows nothing of the server.
 */
@NullMarked
package dev.countersign.connector.testkit;

import org.jspecify.annotations.NullMarked;
