package dev.countersign.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server in a process of its own, with the options of the product's launcher. */
final class ServerProcess implements AutoCloseable {
    /** As in bin/countersign. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:CompileThresholdScaling=3",
            "-Xmx128m",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED");

    /** Of /proc/PID/stat; Linux has had this value on every machine for decades. */
    private static final double TICKS_A_SECOND = 100;

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Duration LONGEST_START = Duration.ofSeconds(120);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final Process process;
    private final Path output;
    private final long startedAt;

    private ServerProcess(Process process, Path output, long startedAt) {
        this.process = process;
        this.output = output;
        this.startedAt = startedAt;
    }

    /**
     * Starts it; it is not ready yet.
     *
     * @param options of Java, before the class path
     * @param command the main class and its arguments
     */
    static ServerProcess start(
            Bench.Setup setup, List<String> options, Map<String, String> environment, List<String> command)
            throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(OPTIONS);
        line.addAll(options);
        line.addAll(List.of("-cp", setup.classPath()));
        line.addAll(command);
        return start(setup, environment, line);
    }

    /** @param line a program that is no Java, and its arguments */
    static ServerProcess start(Bench.Setup setup, Map<String, String> environment, List<String> line)
            throws IOException {
        var output = Files.createTempFile(setup.work(), "server", ".log");
        var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        long startedAt = System.nanoTime();
        return new ServerProcess(builder.start(), output, startedAt);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Asks until it answers 200, at little cost to what starts; gives the time since the process was started. */
    Duration ready(URI url) throws IOException, InterruptedException {
        listening(url.getPort());
        var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(5)).build();
        while (System.nanoTime() - startedAt < LONGEST_START.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended with " + process.exitValue() + ": " + output());
            }
            try {
                if (HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return Duration.ofNanos(System.nanoTime() - startedAt);
                }
            } catch (IOException e) {
                // it closed what it had accepted: it is asked again
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        throw new IllegalStateException("it was not ready in time: " + output());
    }

    /** Waits until it accepts connections. */
    void listening(int port) throws IOException, InterruptedException {
        while (process.isAlive() && System.nanoTime() - startedAt < LONGEST_START.toNanos()) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(2); // nobody listens yet
            }
        }
        throw new IllegalStateException("it does not listen: " + output());
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Seconds of processor time that it has used. */
    double cpuSeconds() throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    /** Resident memory in MiB. */
    double residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum()
                / 1024.0;
    }

    /** What stays in the heap after a full collection. */
    long liveHeapBytes() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var said = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        histogram.waitFor();
        var total = TOTAL.matcher(said);
        if (!total.find()) {
            throw new IllegalStateException("jcmd said no total: " + said);
        }
        return Long.parseLong(total.group(1));
    }

    /** Ends it as an operator does, and waits: an AOT cache is written at the end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
