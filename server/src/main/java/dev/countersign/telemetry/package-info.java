/**
 * Names of spans and metrics, and their counters; the lines of the log. Uses no other room.
 */
@NullMarked
package dev.countersign.telemetry;

import org.jspecify.annotations.NullMarked;
