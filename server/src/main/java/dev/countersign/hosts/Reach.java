package dev.countersign.hosts;

import dev.countersign.hosts.HostFailure.Reason;
import dev.countersign.oauth.PublicAddresses;
import dev.countersign.oauth.SafeFetch;
import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Which hosts may be connected to, and how long that may take. Each is resolved once for a connection, and all of its addresses
 * must pass.
 *
 * @param allowed which addresses may be connected to
 * @param plainLoopback whether this machine may be connected to, and without TLS
 * @param tls whose certificates are trusted
 * @param signIn how long connecting to a mail server, TLS and signing in may take together
 */
public record Reach(
        SafeFetch.Resolver resolver,
        Predicate<InetAddress> allowed,
        boolean plainLoopback,
        Supplier<SSLContext> tls,
        Duration signIn) {
    private static final Duration SIGN_IN = Duration.ofSeconds(15);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    Reach(
            SafeFetch.Resolver resolver,
            Predicate<InetAddress> allowed,
            boolean plainLoopback,
            Supplier<SSLContext> tls) {
        this(resolver, allowed, plainLoopback, tls, SIGN_IN);
    }

    /** The public internet, with the certificates that this Java trusts. */
    public static Reach internet(boolean plainLoopback) {
        return reach(new PublicAddresses(), plainLoopback);
    }

    /** For hosts that are named in the configuration and by nobody else: they may lie in a network of their own. */
    public static Reach anywhere(boolean plainLoopback) {
        return reach(any -> true, plainLoopback);
    }

    /** The same hosts, with this long for connecting to a mail server and signing in. */
    public Reach within(Duration signIn) {
        return new Reach(resolver, allowed, plainLoopback, tls, signIn);
    }

    private static Reach reach(Predicate<InetAddress> allowed, boolean plainLoopback) {
        return new Reach(InetAddress::getAllByName, allowed, plainLoopback, Reach::trustedByJava);
    }

    /** Asked for with the first connection: to read all certificates takes a good part of a start. Java keeps it. */
    private static SSLContext trustedByJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Where a connection to the host may go. */
    List<InetAddress> addresses(String host) throws HostFailure {
        var addresses = new ArrayList<InetAddress>();
        try {
            for (var address : resolver.resolve(bare(host))) {
                // a certificate is checked against the name that the address carries: the one that was asked for
                addresses.add(InetAddress.getByAddress(bare(host), address.getAddress()));
            }
        } catch (IOException e) {
            throw HostFailure.before(host, Reason.UNKNOWN_HOST, e);
        }
        if (addresses.isEmpty()) {
            throw new HostFailure(host, Reason.UNKNOWN_HOST);
        }
        if (!addresses.stream().allMatch(this::passes)) {
            throw new HostFailure(host, Reason.NOT_PUBLIC);
        }
        return List.copyOf(addresses);
    }

    private boolean passes(InetAddress address) {
        return allowed.test(address) || (plainLoopback && address.isLoopbackAddress());
    }

    /** Whether this host may be spoken to in clear: names that no name server can point elsewhere. */
    boolean plain(String host) {
        return plainLoopback && LOOPBACK.contains(bare(host).toLowerCase(Locale.ROOT));
    }

    /** An address of IPv6 stands in brackets in a URI. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
