package dev.countersign.client;

import java.net.URI;
import java.util.Set;

/** Which addresses are spoken to: https, or http on this machine. OAuth 2.1 section 1.5. */
public final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /** Fails with {@link ClientException} unless tokens and people may go there. */
    public static URI require(String what, String address) {
        try {
            var uri = URI.create(address);
            if (isSafe(uri)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ClientException(what + " is no address: " + address, e);
        }
        throw new ClientException(
                what + " must be https, or http on this machine, without user information: " + address);
    }

    private static boolean isSafe(URI uri) {
        var host = uri.getHost();
        return host != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
    }

    static boolean isThisMachine(URI uri) {
        return LOOPBACK.contains(String.valueOf(uri.getHost()));
    }
}
