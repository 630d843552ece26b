package dev.countersign.connections;

import dev.countersign.connector.Connector.Identity;
import java.util.Set;

/**
 * What came of a consent.
 *
 * @param label the person's own name for it; empty for the address
 * @param granted the provider's scopes
 */
record NewLink(
        String userId,
        LinkableProvider linkable,
        Identity identity,
        String label,
        Set<String> granted,
        TokenAnswer answer) {}
