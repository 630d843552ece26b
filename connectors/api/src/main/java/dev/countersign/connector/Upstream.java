package dev.countersign.connector;

import java.net.URI;

/**
 * HTTP to one provider's API as the person who linked the account. The server adds the access token and sends it to the
 * provider's own host only; nothing here can show it. Every method that talks may throw {@link UpstreamException}.
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
     * The same account at another API of the provider: paths are relative to that base.
     *
     * @param api a name that {@link Provider#apis()} has
     */
    default Upstream at(String api) {
        throw new IllegalArgumentException("this provider has no further api: " + api);
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
