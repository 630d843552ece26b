package dev.countersign.connector;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A provider that runs inside Countersign's process, on an address of its own. */
public interface Embedded {
    /**
     * Starts it. Data that is there already is kept; otherwise it is seeded.
     *
     * @param folder where it keeps its data
     * @param host the address that it listens on, e.g. {@code 127.0.0.1}
     * @param port 0 for any free one
     * @param redirect where Countersign's callback is: the one redirect URI of the client that is registered
     * @param faults what shall fail, e.g. {@code mail-send → 403}
     */
    Running start(Path folder, String host, int port, URI redirect, Clock clock, Map<String, String> faults)
            throws java.io.IOException;

    /** A started provider; closing it ends it. */
    interface Running extends AutoCloseable {
        /** Settings for {@link Connector#provider}. */
        Settings settings();

        /** The client that was registered for Countersign. */
        String clientId();

        /** Its secret. */
        String clientSecret();

        @Override
        void close();
    }
}
