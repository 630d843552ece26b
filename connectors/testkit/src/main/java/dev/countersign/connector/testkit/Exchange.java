package dev.countersign.connector.testkit;

import java.net.URI;

/** One request that went to a provider. */
public record Exchange(String method, URI uri) {
    /** Whether it can change nothing, RFC 9110 section 9.2.1. */
    public boolean safe() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
