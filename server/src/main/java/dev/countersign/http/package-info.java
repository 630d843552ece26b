/**
 * The HTTP server: requests and responses, the checks that every request passes, security headers. Uses telemetry.
 */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
