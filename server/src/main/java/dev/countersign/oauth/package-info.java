/**
 * The authorization server for MCP clients and the bearer check: one file per endpoint, grant and check. Uses identity, audit, vault, store and http.
 */
@NullMarked
package dev.countersign.oauth;

import org.jspecify.annotations.NullMarked;
