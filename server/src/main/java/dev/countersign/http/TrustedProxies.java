package dev.countersign.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Finds the sender behind proxies that we run. A header of anybody else is not believed. */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private record Network(byte[] address, int prefixBits) {
        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefixBits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /** Takes addresses and networks, e.g. {@code 10.0.0.7} or {@code 10.0.0.0/8}; fails with a sentence on others. */
    public static TrustedProxies of(List<String> texts) {
        return new TrustedProxies(texts.stream().map(TrustedProxies::network).toList());
    }

    /** Whether none is named. */
    public boolean isEmpty() {
        return networks.isEmpty();
    }

    private static Network network(String text) {
        var parts = text.split("/", 2);
        try {
            var address = InetAddress.ofLiteral(parts[0]).getAddress();
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("prefix");
            }
            return new Network(address, bits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no address or network; write e.g. 10.0.0.0/8", e);
        }
    }

    /**
     * The sender's address.
     *
     * @param peer who holds the connection
     * @param forwardedFor all X-Forwarded-For values in order, nearest proxy last
     */
    String sender(String peer, List<String> forwardedFor) {
        var sender = peer;
        for (var hop : forwardedFor.reversed()) {
            if (!trusts(sender)) {
                return sender;
            }
            var literal = hop.strip();
            if (!isLiteral(literal)) {
                return sender; // what stands before it cannot be believed either
            }
            sender = literal;
        }
        return sender;
    }

    /** Who sent a request, proxies that are trusted looked through. */
    public Request.Client client(org.eclipse.jetty.server.Request request) {
        var headers = request.getHeaders();
        var agent = headers.get(HttpHeader.USER_AGENT);
        return new Request.Client(
                sender(org.eclipse.jetty.server.Request.getRemoteAddr(request), forwardedFor(headers)),
                agent == null ? "" : agent);
    }

    /** By commas alone: the header knows no quotes, and Jetty's reader of lists fails on some of them. */
    static List<String> forwardedFor(HttpFields headers) {
        if (!headers.contains(HttpHeader.X_FORWARDED_FOR)) {
            return List.of();
        }
        return headers.getValuesList(HttpHeader.X_FORWARDED_FOR).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .toList();
    }

    private boolean trusts(String address) {
        var bytes = InetAddress.ofLiteral(address).getAddress();
        return networks.stream().anyMatch(network -> network.holds(bytes));
    }

    private static boolean isLiteral(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
