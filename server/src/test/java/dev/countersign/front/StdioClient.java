package dev.countersign.front;

import dev.countersign.client.BridgeSettings;
import dev.countersign.client.StdioBridge;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that only speaks stdio, with {@code countersign stdio} at the other end of its streams. */
public final class StdioClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern PAGE = Pattern.compile("Sign in here, in your browser: (\\S+)");
    private static final int MOST_END_SECONDS = 120;

    private final OutputStream in;
    private final List<String> out;
    private final List<String> words;
    private final CompletableFuture<Integer> status;
    private final Runnable kill;

    private StdioClient(
            OutputStream in, List<String> out, List<String> words, CompletableFuture<Integer> status, Runnable kill) {
        this.in = in;
        this.out = out;
        this.words = words;
        this.status = status;
        this.kill = kill;
    }

    /** With a bridge within this process, which opens no browser. */
    public static StdioClient within(BridgeSettings settings) {
        try {
            var in = new PipedOutputStream();
            var read = new PipedInputStream(in);
            var out = new Lines();
            var words = new Lines();
            var bridge = StdioBridge.of(settings, out, new PrintStream(words, true, StandardCharsets.UTF_8));
            var status = new CompletableFuture<Integer>();
            Thread.ofVirtual().start(() -> {
                try (bridge) {
                    bridge.run(read);
                } catch (IOException e) {
                    words.all.add(e.toString());
                }
                status.complete(0);
            });
            return new StdioClient(in, out.all, words.all, status, bridge::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * With a bridge in a process of its own, as a client has it.
     *
     * @param state the folder in which bridges of one person keep their tokens
     */
    static StdioClient process(URI mcp, Path state) {
        return process(mcp, Map.of("COUNTERSIGN_STDIO_STATE", state.toString()), "--no-browser");
    }

    static StdioClient process(URI mcp, Map<String, String> environment, String... further) {
        var command = new ArrayList<>(List.of(command(mcp)));
        command.addAll(List.of(further));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client would start, without a browser. */
    static String[] command(URI mcp, Path state) {
        var command = new ArrayList<>(List.of("/usr/bin/env", "COUNTERSIGN_STDIO_STATE=" + state));
        command.addAll(List.of(command(mcp)));
        command.add("--no-browser");
        return command.toArray(String[]::new);
    }

    private static String[] command(URI mcp) {
        return new String[] {
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            ChildServer.classPath(),
            "dev.countersign.Main",
            "stdio",
            "--url=" + mcp
        };
    }

    private static StdioClient of(Process process) {
        var out = new CopyOnWriteArrayList<String>();
        var words = new CopyOnWriteArrayList<String>();
        var outRead = CompletableFuture.runAsync(
                () -> read(process.inputReader(StandardCharsets.UTF_8), out), Thread::startVirtualThread);
        var wordsRead = CompletableFuture.runAsync(
                () -> read(process.errorReader(StandardCharsets.UTF_8), words), Thread::startVirtualThread);
        var status = CompletableFuture.allOf(outRead, wordsRead)
                .thenCombine(process.onExit(), (read, ended) -> ended.exitValue());
        return new StdioClient(process.getOutputStream(), out, words, status, process::destroy);
    }

    private static void read(BufferedReader from, List<String> into) {
        try (from) {
            for (var line = from.readLine(); line != null; line = from.readLine()) {
                into.add(line);
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    /** What is written, by lines. */
    private static final class Lines extends OutputStream {
        private final List<String> all = new CopyOnWriteArrayList<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int next) {
            if (next == '\n') {
                all.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(next);
            }
        }
    }

    public void send(String line) {
        try {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to the request of this id. */
    public JsonNode answer(int id) {
        return message("the answer to " + id, message -> message.path("id").asInt(-1) == id && !message.has("method"));
    }

    /** The first request or notification of the server's of this method. */
    public JsonNode said(String method) {
        return message(method, message -> message.path("method").asString("").equals(method));
    }

    private JsonNode message(String what, Predicate<JsonNode> isIt) {
        return Await.found(what, () -> messages().stream().filter(isIt).findFirst());
    }

    /** All that came, each line a message. */
    public List<JsonNode> messages() {
        return out.stream().map(JSON::readTree).toList();
    }

    /** All that came, as it came. */
    public List<String> lines() {
        return List.copyOf(out);
    }

    /** What was said to people. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Where the person is sent to sign in for the n-th time. */
    URI signInPage(int n) {
        return Await.found(
                "page " + n + " to sign in at",
                () -> Optional.of(signInPages())
                        .filter(pages -> pages.size() >= n)
                        .map(pages -> pages.get(n - 1)));
    }

    List<URI> signInPages() {
        return words.stream()
                .flatMap(line -> PAGE.matcher(line).results())
                .map(found -> URI.create(found.group(1)))
                .toList();
    }

    /** Everything that was printed, on either stream. */
    String printed() {
        return String.join("\n", out) + String.join("\n", words);
    }

    /** Closes the bridge's standard input, waits until it has ended, and gives its status. */
    public int closeInput() throws Exception {
        in.close();
        return status.get(MOST_END_SECONDS, TimeUnit.SECONDS);
    }

    /** As a client that loses patience; gives the status. */
    int terminate() throws Exception {
        kill.run();
        return status.get(MOST_END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        kill.run();
    }
}
