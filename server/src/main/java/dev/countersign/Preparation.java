package dev.countersign;

import dev.countersign.vault.Secret;
import dev.countersign.vault.WrappedSecret;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.LoggerFactory;

/**
 * Wakes the libraries that every start needs and that take a while to wake, beside the thread that reads the settings. Nothing
 * waits for it and nothing depends on it: who needs one of them earlier wakes it, or waits for it, by its first use.
 */
final class Preparation {
    private Preparation() {}

    static void begin() {
        Thread.ofPlatform().name("prepare-log").daemon().start(() -> LoggerFactory.getLogger(Preparation.class));
        Thread.ofPlatform().name("prepare-http").daemon().start(Preparation::useHttp);
        Thread.ofPlatform().name("prepare-keys").daemon().start(Preparation::useKeys);
    }

    /** With the kind of threads that serves: Jetty's other kind would wake JMX. */
    private static void useHttp() {
        new ServerConnector(new Server(new VirtualThreadPool()));
    }

    private static void useKeys() {
        var nobodys = Secret.of("a key that nothing lies under");
        WrappedSecret.wrap(nobodys, nobodys, "countersign start");
    }
}
