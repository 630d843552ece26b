package dev.countersign.connector.testkit;

import java.net.URI;
import java.util.Set;

/**
 * One request that went to a provider.
 *
 * @param transfer whether it went, without the account's token, to an address that the provider gave for one transfer
 */
public record Exchange(String method, URI uri, boolean transfer) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT");

    /** Whether it can change nothing, RFC 9110 section 9.2.1, RFC 4918 section 9.1, RFC 3253 section 3.6. */
    public boolean safe() {
        return SAFE.contains(method);
    }
}
