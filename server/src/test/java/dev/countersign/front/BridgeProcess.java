package dev.countersign.front;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code countersign stdio} as a client has it: a process of its own, spoken to by its standard streams. */
final class BridgeProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern PAGE = Pattern.compile("Sign in here, in your browser: (\\S+)");
    private static final int MOST_END_SECONDS = 120;

    private final Process process;
    private final OutputStream in;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> words = new CopyOnWriteArrayList<>();

    private BridgeProcess(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
        Thread.ofVirtual().start(() -> read(process.inputReader(StandardCharsets.UTF_8), out));
        Thread.ofVirtual().start(() -> read(process.errorReader(StandardCharsets.UTF_8), words));
    }

    /** @param state the folder in which bridges of one person keep their tokens */
    static BridgeProcess start(URI mcp, Path state) {
        return start(mcp, Map.of("COUNTERSIGN_STDIO_STATE", state.toString()), "--no-browser");
    }

    static BridgeProcess start(URI mcp, Map<String, String> environment, String... further) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                ChildServer.classPath(),
                "dev.countersign.Main",
                "stdio",
                "--url=" + mcp));
        command.addAll(List.of(further));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return new BridgeProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    void send(String line) {
        try {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to the request of this id. */
    JsonNode answer(int id) {
        return Await.found("the answer to " + id + ", after " + words, () -> messages().stream()
                .filter(message -> message.path("id").asInt(-1) == id && !message.has("method"))
                .findFirst());
    }

    /** The first request or notification of the server's of this method. */
    JsonNode said(String method) {
        return Await.found(method, () -> messages().stream()
                .filter(message -> message.path("method").asString("").equals(method))
                .findFirst());
    }

    /** All that came, each line a message. */
    List<JsonNode> messages() {
        return out.stream().map(JSON::readTree).toList();
    }

    /** Where the person is sent to sign in for the n-th time. */
    URI signInPage(int n) {
        return Await.found("page " + n + " to sign in at", () -> Optional.of(signInPages())
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

    /** Closes its standard input, waits until it has ended, and gives its status. */
    int closeInput() throws IOException, InterruptedException {
        in.close();
        return status();
    }

    /** As a client that loses patience; gives the status. */
    int terminate() throws InterruptedException {
        process.destroy();
        return status();
    }

    private int status() throws InterruptedException {
        if (!process.waitFor(MOST_END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; it said " + words);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
