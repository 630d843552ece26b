/**
 * The HTTP server: requests and responses, the checks that every request passes, security headers. Knows no other room.
 */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
