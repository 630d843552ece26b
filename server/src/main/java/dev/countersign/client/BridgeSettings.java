package dev.countersign.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a bridge works.
 *
 * @param mcp the server's address
 * @param state the person's own folder, for tokens
 * @param browser whether a page is opened for the person, who is told its address in any case
 * @param patience a request waits so long for the person to sign in, then it fails; the sign-in stays open for longer
 * @param farewell requests under way get so long when the client has gone
 */
public record BridgeSettings(URI mcp, Path state, boolean browser, Duration patience, Duration farewell) {
    public static final String DEFAULT_URL = "http://localhost:8484/mcp";

    /** A person finds a password in less. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Clients wait a few seconds for a process that they have told to end. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Fails with {@link ClientException} unless the address is https, or http on this machine. */
    public static BridgeSettings of(String url, boolean browser, Map<String, String> environment) {
        return new BridgeSettings(
                Addresses.require("the address of the server", url), folder(environment), browser, PATIENCE, FAREWELL);
    }

    /** XDG Base Directory Specification: state of a person's own programs. */
    private static Path folder(Map<String, String> environment) {
        var own = environment.getOrDefault("COUNTERSIGN_STDIO_STATE", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var base = state.startsWith("/") ? Path.of(state) : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.resolve("countersign");
    }
}
