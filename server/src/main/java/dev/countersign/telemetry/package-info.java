/**
 * Names of spans and metrics, and their counters. Uses no other room.
 */
@NullMarked
package dev.countersign.telemetry;

import org.jspecify.annotations.NullMarked;
