package dev.countersign.oauth;

import java.net.URI;

/**
 * Where this server is for its clients. Made from the configured public URL; never from a request's Host.
 *
 * @param issuer the public URL without a trailing slash; RFC 8414 section 2
 */
public record Addresses(String issuer) {
    public Addresses {
        var uri = URI.create(issuer);
        var loopback = "http".equals(uri.getScheme()) && Loopback.isLoopbackHost(uri.getHost());
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || loopback)) {
            throw new IllegalArgumentException("the public URL is https, or http on loopback: " + issuer);
        }
        if (!uri.getRawPath().isEmpty()
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the public URL ends after host and port: " + issuer);
        }
    }

    /** The MCP endpoint: what tokens are for. RFC 8707, RFC 9728. */
    public String resource() {
        return issuer + "/mcp";
    }

    /** RFC 9728 section 3.1: the well-known path goes between host and the resource's path. */
    public String resourceMetadata() {
        return issuer + "/.well-known/oauth-protected-resource/mcp";
    }

    public URI at(String path) {
        return URI.create(issuer + path);
    }

    public boolean https() {
        return issuer.startsWith("https:");
    }
}
