/**
 * Links between people and providers: consent, refresh, disconnection, and the upstream HTTP that carries a token. Uses oauth, identity, vault, audit, store, http and hosts.
 */
@NullMarked
package dev.countersign.connections;

import org.jspecify.annotations.NullMarked;
