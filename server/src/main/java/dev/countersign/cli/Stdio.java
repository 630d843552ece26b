package dev.countersign.cli;

import dev.countersign.client.BridgeSettings;
import dev.countersign.client.ClientException;
import dev.countersign.client.SignOut;
import dev.countersign.client.StdioBridge;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries a client's messages until it closes its end, or signs out. Its arguments are read here, as those of {@link Start} are: a
 * client waits for it.
 */
record Stdio(String url, boolean browser, boolean signsOut) {
    private static final String URL = "--url";

    /** Connections are let go before the server closes them: what is sent on a closed one is lost. */
    private static final int CONNECTION_SECONDS = 10;

    /** The bridge that these arguments ask for; absent when they are anything else, for example a mistake. */
    static Optional<Stdio> of(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("stdio")) {
            return Optional.empty();
        }
        var asked = new Stdio(BridgeSettings.DEFAULT_URL, true, false);
        for (int i = 1; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("--no-browser")) {
                asked = new Stdio(asked.url, false, asked.signsOut);
            } else if (argument.equals("--sign-out")) {
                asked = new Stdio(asked.url, asked.browser, true);
            } else if (argument.startsWith(URL + "=")) {
                asked = new Stdio(argument.substring(URL.length() + 1), asked.browser, asked.signsOut);
            } else if (argument.equals(URL) && i + 1 < arguments.size()) {
                asked = new Stdio(arguments.get(++i), asked.browser, asked.signsOut);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(asked);
    }

    int run() throws IOException, InterruptedException {
        System.setProperty("jdk.httpclient.keepalive.timeout", Integer.toString(CONNECTION_SECONDS));
        var settings = settings();
        return signsOut ? signOut(settings) : carry(settings);
    }

    private BridgeSettings settings() {
        try {
            return BridgeSettings.of(url, browser, System.getenv());
        } catch (ClientException e) {
            throw new UsageException("Give another --url: " + e.getMessage() + ".");
        }
    }

    private static int carry(BridgeSettings settings) throws IOException {
        // standard output is the client's; what anything else prints would break the protocol
        var out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        var bridge = StdioBridge.of(settings, out, System.err);
        var status = new AtomicInteger();
        // a client may close its end and send a signal at once: however the process ends, the bridge has ended first
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            bridge.close();
            Runtime.getRuntime().halt(status.get());
        }));
        try (bridge) {
            bridge.run(System.in);
            return 0;
        } catch (IOException e) {
            status.set(1);
            throw e;
        }
    }

    private static int signOut(BridgeSettings settings) throws IOException, InterruptedException {
        switch (SignOut.run(settings)) {
            case NOBODY -> System.out.println("Nobody is signed in at " + settings.mcp() + ".");
            case DONE -> System.out.println("You are signed out at " + settings.mcp() + ".");
            case HERE_ONLY -> {
                System.err.println("The tokens are deleted here, but " + settings.mcp()
                        + " did not confirm it. Revoke “Countersign stdio bridge” on its page “Clients”.");
                return 1;
            }
        }
        return 0;
    }
}
