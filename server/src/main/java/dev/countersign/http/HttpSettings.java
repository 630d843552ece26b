package dev.countersign.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a listener behaves.
 *
 * @param publicUrl the origin that people and clients use, e.g. {@code https://sign.example.com}; no path
 * @param host address to listen on
 * @param port 0 for any free one
 * @param maxBodyBytes greatest request body; a longer one is answered 413
 * @param otherHosts further values of the Host header that are ours, e.g. {@code sign.internal:8484}
 * @param mcpOrigins origins of web pages that may call MCP, beside our own
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param tls the key to serve https with; plain http when empty
 * @param idle how long a connection may be silent
 */
public record HttpSettings(
        URI publicUrl,
        String host,
        int port,
        int maxBodyBytes,
        Set<String> otherHosts,
        Set<String> mcpOrigins,
        TrustedProxies trustedProxies,
        Optional<Tls> tls,
        Duration idle) {
    /** A PKCS#12 file and its password. */
    public record Tls(Path keystore, String password) {
        @Override
        public String toString() {
            return "Tls[keystore=" + keystore + ", password=set]";
        }
    }

    public HttpSettings {
        otherHosts = Set.copyOf(otherHosts);
        mcpOrigins = Set.copyOf(mcpOrigins);
    }

    /** Loopback http on one port with the defaults. */
    public static HttpSettings loopback(int port) {
        return new HttpSettings(
                URI.create("http://localhost:" + port),
                "127.0.0.1",
                port,
                1024 * 1024,
                Set.of(),
                Set.of(),
                TrustedProxies.NONE,
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    boolean https() {
        return "https".equals(publicUrl.getScheme());
    }
}
