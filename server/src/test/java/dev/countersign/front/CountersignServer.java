package dev.countersign.front;

import dev.countersign.Main;
import dev.countersign.cli.StartException;
import dev.countersign.cli.Starter;
import dev.countersign.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The whole product within this process: on free ports, with a home and a data folder of its own. */
public final class CountersignServer implements AutoCloseable {
    public static final String ALICE = "alice@example.com";
    public static final String BOB = "bob@example.com";
    public static final String PASSWORD = "countersign-demo";

    /** A free port may be taken by another program before it is used. */
    private static final int MOST_TRIES = 3;

    private final Path home;
    private final Ports ports;
    private final Starter.Running running;

    /** The three ports that one server listens on. */
    public record Ports(int front, int own, int sandbox) {
        public static Ports free() {
            int first = FreePorts.threeInARow();
            return new Ports(first, first + 1, first + 2);
        }

        /** As settings, by key. */
        Map<String, String> settings() {
            var settings = new LinkedHashMap<String, String>();
            settings.put("server.port", Integer.toString(front));
            settings.put("server.private-port", Integer.toString(own));
            settings.put("connectors.sandbox.port", Integer.toString(sandbox));
            return settings;
        }

        URI url() {
            return URI.create("http://localhost:" + front);
        }

        URI sandboxUrl() {
            return URI.create("http://127.0.0.1:" + sandbox);
        }
    }

    private CountersignServer(Path home, Ports ports, Starter.Running running) {
        this.home = home;
        this.ports = ports;
        this.running = running;
    }

    /** With the people and documents of the demo. */
    public static CountersignServer demo(Path home) {
        return start(home, true, Map.of());
    }

    /** With the people and documents of the demo, and further settings by key. */
    public static CountersignServer demo(Path home, Map<String, String> further) {
        return start(home, true, further);
    }

    /** With nobody yet. */
    public static CountersignServer empty(Path home) {
        return start(home, false, Map.of());
    }

    /** With nobody yet, and further settings by key. */
    public static CountersignServer empty(Path home, Map<String, String> further) {
        return start(home, false, further);
    }

    private static CountersignServer start(Path home, boolean demo, Map<String, String> further) {
        for (int tries = 1; ; tries++) {
            try {
                return start(home, demo, Ports.free(), further);
            } catch (StartException e) {
                if (tries == MOST_TRIES || !String.valueOf(e.getMessage()).contains("in use")) {
                    throw e;
                }
            }
        }
    }

    /** On ports that the test chose. */
    public static CountersignServer start(Path home, boolean demo, Ports ports) {
        return start(home, demo, ports, Map.of());
    }

    /** With further settings, by key. */
    public static CountersignServer start(Path home, boolean demo, Ports ports, Map<String, String> further) {
        var settings = ports.settings();
        settings.putAll(further);
        var config = Config.read(home, Map.of(), settings);
        return new CountersignServer(home, ports, Main.starter().start(config, demo, Map.of()));
    }

    public URI url() {
        return ports.url();
    }

    public URI page(String path) {
        return url().resolve(path);
    }

    public URI mcp() {
        return page("/mcp");
    }

    /** Where {@code /metrics} and {@code /readyz} are. */
    public URI own(String path) {
        return URI.create("http://127.0.0.1:" + ports.own() + path);
    }

    public Path data() {
        return home.resolve("data");
    }

    public Starter.Running running() {
        return running;
    }

    public SandboxControl sandbox() {
        return new SandboxControl(ports.sandboxUrl(), data().resolve("sandbox"));
    }

    /** A browser of that person, signed in. */
    public Surfer surfer(String email) {
        var surfer = new Surfer(url(), email, PASSWORD);
        surfer.signIn();
        return surfer;
    }

    /** Attaches a client of that person, which may do everything that the server offers. */
    public AttachedApp attach(String email, String clientName) {
        return AttachedApp.attach(mcp(), email, PASSWORD, clientName);
    }

    @Override
    public void close() {
        running.close();
    }
}
