package dev.countersign.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How accounts are linked that are signed in to with an address and a password, an app password where the host has them.
 * Countersign takes it on a page of its own, keeps it sealed and signs in to the account's servers itself.
 */
public interface PasswordSignIn {
    /**
     * The servers that an account may have, by name: {@code caldav}, {@code carddav}, {@code imap}, {@code smtp}, and the
     * scopes of ours that need each. An account can have a scope when it has every server that names it.
     */
    Map<String, List<String>> scopes();

    /**
     * Finds the servers of an address: SRV records of RFC 6764, RFC 6186 and RFC 8314, well-known addresses, autoconfig.
     * A name that is absent was not found, and the person may type it. DAV servers are {@code https} addresses; the others
     * {@code imaps} and {@code smtps} for TLS from the first byte, {@code imap} and {@code smtp} for STARTTLS, with a port.
     * User info is the name to sign in with, where that is not the address.
     *
     * @param address a mail address, e.g. {@code alice@example.com}
     */
    Map<String, URI> discover(String address, Lookup lookup);

    /** What the host's error answers to HTTP requests mean, beyond their status. */
    default FailureReader failures() {
        return (status, retryAfter, body) -> Optional.empty();
    }

    /** Looks things up without any credential. The server's rules hold: https, public addresses, bounded time and size. */
    interface Lookup {
        /**
         * SRV records in the order in which they are to be tried; none when there are none or nobody answered. RFC 2782.
         *
         * @param name e.g. {@code _caldavs._tcp.example.com}
         */
        List<Srv> srv(String name);

        /** The body of a 200 answer, at most 256 KiB; no redirect is followed. */
        Optional<byte[]> get(URI https);

        /** Where a redirect leads that this address answers with, however far from its host. */
        Optional<URI> redirect(URI https);

        /** @param target a host without a dot at its end; a service that is not offered has no record here */
        record Srv(int priority, int weight, int port, String target) {}
    }
}
