package dev.countersign.connector;

import java.util.Set;

/**
 * One account that the person linked.
 *
 * @param id what a tool's {@code account} argument takes
 * @param provider the connector's id, e.g. {@code google}
 * @param label the person's own name for it, e.g. {@code work}
 * @param address the account's mail address
 * @param scopes our scopes that it was linked with
 */
public record Account(String id, String provider, String label, String address, Set<String> scopes) {
    public Account {
        scopes = Set.copyOf(scopes);
    }
}
