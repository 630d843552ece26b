package dev.countersign.cli;

import dev.countersign.config.Config;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the server; wired in the base, so that commands need not know how. */
@FunctionalInterface
public interface Starter {
    /**
     * Starts everything, or nothing.
     *
     * @param demo whether the demo's people and documents are put in
     * @param faults what the sandbox shall fail at, e.g. {@code mail-send → 403}
     * @throws StartException with what stands in the way and how to mend it
     */
    Running start(Config config, boolean demo, Map<String, String> faults);

    /** Begins, on threads of its own, with what every start needs whatever the settings are: they are read meanwhile. */
    default void prepare() {}

    /** A server that runs. */
    interface Running extends AutoCloseable {
        URI console();

        /** The one-time link that makes the first person, while there is nobody. */
        Optional<URI> firstRunLink();

        /** Names of the providers that people can link. */
        List<String> providers();

        /** What the operator should know though the server runs, in sentences. */
        List<String> notices();

        /** What the demo's tour does behind the scenes. */
        Stage stage();

        @Override
        void close();
    }

    /** What an administrator does in the demo's tour. */
    interface Stage {
        /** Takes a document of the handbook away from the group that reads it. */
        void unshare(String group, String document);

        /** How many links of the audit chain hold, or a sentence on the one that does not. */
        String verifyAudit();
    }
}
