package dev.countersign.front;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The server as a process of its own, started as an operator does, which can be killed. */
final class ChildServer implements AutoCloseable {
    /** A start takes two seconds; a machine under load may need much longer. */
    private static final int MOST_START_SECONDS = 300;

    private static final int MOST_KILL_SECONDS = 60;
    private static final String READY = "MCP address for clients:";

    private final Process process;
    private final CompletableFuture<List<String>> started = new CompletableFuture<>();

    private ChildServer(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /** Starts on that home's data and waits until it is ready. */
    static ChildServer start(Path home, CountersignServer.Ports ports) throws Exception {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dcountersign.home=" + home, "-cp", classPath(), "dev.countersign.Main", "start"));
        ports.settings().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        var child = new ChildServer(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        try {
            child.started.get(MOST_START_SECONDS, TimeUnit.SECONDS);
            return child;
        } catch (Exception e) {
            child.kill();
            throw e;
        }
    }

    /** Surefire's own is a jar that names the others. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The one-time link that the start printed. */
    Optional<URI> firstRunLink() {
        return started.join().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("http") && line.contains("/welcome?"))
                .map(URI::create)
                .findFirst();
    }

    private void read() {
        var lines = new ArrayList<String>();
        try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                System.out.println("child: " + line);
                lines.add(line);
                if (line.startsWith(READY)) {
                    started.complete(List.copyOf(lines));
                }
            }
        } catch (IOException e) {
            // it was killed
        }
        started.completeExceptionally(new IllegalStateException("it ended before it was ready: " + lines));
    }

    boolean runs() {
        return process.isAlive();
    }

    /** As {@code kill -9}; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            process.onExit().get(MOST_KILL_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("it cannot be killed", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
