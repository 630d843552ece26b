package dev.countersign.identity;

import dev.countersign.vault.Secret;

/**
 * A session that has just begun.
 *
 * @param cookie what the browser keeps; stored nowhere else
 */
public record SignedIn(BrowserSession session, Secret cookie) {}
