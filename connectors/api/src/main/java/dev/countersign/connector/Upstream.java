package dev.countersign.connector;

import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/**
 * HTTP to one provider's API as the person who linked the account. The server adds the access token or password and sends
 * it to the provider's own host only; nothing here can show it. Every method that talks may throw {@link UpstreamException}.
 */
public interface Upstream {
    /**
     * Starts a GET.
     *
     * @param path relative to {@link Provider#api()}, with {@code {name}} for each value, e.g. {@code events/{id}}
     * @param pathValues one for each brace, in order; percent-encoded as one path segment
     */
    Request get(String path, Object... pathValues);

    Request post(String path, Object... pathValues);

    Request put(String path, Object... pathValues);

    Request patch(String path, Object... pathValues);

    Request delete(String path, Object... pathValues);

    /**
     * Starts a request of another method, e.g. {@code PROPFIND} or {@code REPORT}. An account whose servers are signed in
     * to directly takes, beside relative paths, what these name in their answers: a path that begins with a slash, or
     * an address of the same origin, both percent-encoded already. Any other origin is refused.
     */
    default Request request(String method, String path, Object... pathValues) {
        throw new IllegalStateException("this account takes no request of the method " + method);
    }

    /**
     * A connection to one of the account's servers that speaks no HTTP, over TLS and signed in already: what can be read
     * begins with a greeting ({@code * PREAUTH} of RFC 9051, {@code 220} of RFC 5321), and no credential passes through it.
     * It is the caller's to close, and ends with the call.
     *
     * @param server a name that {@link PasswordSignIn#scopes()} or {@link Provider#apis()} has, e.g. {@code imap}
     */
    default Socket connect(String server) {
        throw new IllegalStateException("this account has no server " + server);
    }

    /**
     * The same account at another API of the provider: paths are relative to that base.
     *
     * @param api a name that {@link Provider#apis()} has, or {@code caldav} or {@code carddav} of an account that is signed
     *     in to with a password
     */
    default Upstream at(String api) {
        throw new IllegalArgumentException("this provider has no further api: " + api);
    }

    /** The mail address of an account whose servers are signed in to directly; empty for others, whose provider names it. */
    default Optional<String> address() {
        return Optional.empty();
    }

    /**
     * Starts a request to an address that the provider gave for one transfer: where a file is fetched, or where its pieces go.
     * The address carries a right of its own, so no access token goes along.
     *
     * @param method {@code GET} or {@code PUT}
     * @param address at one of {@link Provider#transfers()}; another fails with {@link UpstreamException}
     */
    default Request transfer(String method, URI address) {
        throw new IllegalArgumentException("this provider gives no addresses for transfers");
    }

    /** One request that is being built; a method that returns an answer sends it. */
    interface Request {
        /** Adds a query parameter; an empty {@link java.util.Optional} adds nothing, a collection adds one for each. */
        Request query(String name, Object value);

        /** Adds a header. {@code Authorization}, {@code Cookie} and {@code Host} are refused. */
        Request header(String name, String value);

        /** A record as JSON; absent {@link java.util.Optional}s are left out. */
        Request body(Record json);

        Request body(byte[] bytes, String contentType);

        /** Sends and reads the JSON answer; fields that the record does not name are ignored. */
        <T extends Record> T as(Class<T> type);

        /** Sends and gives the body, at most 25 MiB. */
        byte[] bytes();

        /** Sends, and needs nothing of the answer but its success. */
        void send();
    }
}
