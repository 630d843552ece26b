package dev.countersign.bench;

import dev.countersign.bench.Load.Measured;
import dev.countersign.bench.Load.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** Measures everything in one run and prints ratios. Figures of two runs are not to be compared. */
public final class Bench {
    private static final int ROUNDS = 5;
    private static final int ROUND_SECONDS = 3;
    private static final int WARM_UP_SECONDS = 8;

    /** A run in which what nothing changes swings by more than this says nothing. */
    private static final double MOST_SWING = 0.25;

    /** Each may call so often a minute as policy allows at most; together they are enough. */
    private static final int CLIENTS = 16;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Pattern LINK = Pattern.compile("http://\\S+/welcome\\?\\S+");

    /**
     * @param classPath product and bench
     * @param work a folder that is thrown away
     */
    record Setup(String classPath, Path work, Path policy) {}

    /** One server of the product. */
    record Settings(int port, int privatePort, int sandboxPort, Path data) {
        static Settings of(Path data) throws IOException {
            return new Settings(
                    ServerProcess.freePort(), ServerProcess.freePort(), ServerProcess.freePort(), data);
        }

        List<String> command(Setup setup) {
            return List.of(
                    "dev.countersign.Main",
                    "start",
                    "--set=server.port=" + port,
                    "--set=server.private-port=" + privatePort,
                    "--set=connectors.sandbox.port=" + sandboxPort,
                    "--set=data=" + data,
                    "--set=policy.file=" + setup.policy());
        }

        URI ready() {
            return URI.create("http://127.0.0.1:" + privatePort + "/readyz");
        }

        String mcp() {
            return "http://localhost:" + port + "/mcp";
        }
    }

    private final Setup setup;
    private final Map<String, List<Measured>> measured = new LinkedHashMap<>();
    private final List<Double> rotations = new ArrayList<>();
    private final List<Double> signatures = new ArrayList<>();

    private Bench(Setup setup) {
        this.setup = setup;
    }

    /** Class path, work folder and policy file are the arguments. */
    public static void main(String[] arguments) throws Exception {
        new Bench(new Setup(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]))).run();
    }

    private void run() throws Exception {
        say("starts …");
        var starts = Starts.measure(setup);
        var settings = Settings.of(setup.work().resolve("data"));
        int barePort = ServerProcess.freePort();
        int sdkPort = ServerProcess.freePort();
        try (var server = ServerProcess.start(setup, List.of(), Map.of(), settings.command(setup));
                var bare = javaServer("BareServer", barePort);
                var sdk = javaServer("SdkServer", sdkPort)) {
            server.ready(settings.ready());
            TimeUnit.MILLISECONDS.sleep(IDLE.toMillis()); // what is measured is rest
            double idle = server.residentMebibytes();
            bare.ready(URI.create("http://127.0.0.1:" + barePort + "/"));
            var link = LINK.matcher(server.output());
            if (!link.find()) {
                throw new IllegalStateException("no first-run link: " + server.output());
            }
            var attached = Attached.make(URI.create(link.group()), CLIENTS);
            load(List.of(
                    new Target("bare", "http://127.0.0.1:" + barePort + "/mcp", bare, attached.modern("bench_read")),
                    new Target("read", settings.mcp(), server, attached.modern("bench_read")),
                    new Target("write", settings.mcp(), server, attached.modern("bench_write")),
                    new Target("old read", settings.mcp(), server, attached.legacy("bench_read")),
                    new Target("sdk", "http://127.0.0.1:" + sdkPort + "/mcp", sdk, unsecured())));
            rotate(attached);
            print(starts, idle);
        }
    }

    private ServerProcess javaServer(String name, int port) throws IOException {
        return ServerProcess.start(
                setup, List.of(), Map.of(), List.of("dev.countersign.bench." + name, Integer.toString(port)));
    }

    private static List<Load.Request> unsecured() {
        return List.of(new Load.Request(
                List.of("Content-Type: application/json", "Accept: application/json, text/event-stream"),
                Attached.oldCall("bench_read")));
    }

    private void load(List<Target> targets) throws Exception {
        for (var target : targets) {
            say("warming up: " + target.name() + " …");
            Load.run(setup, target, WARM_UP_SECONDS);
        }
        var order = new ArrayList<>(targets);
        var random = new Random(11);
        for (int round = 1; round <= ROUNDS; round++) {
            say("round " + round + " of " + ROUNDS + " …");
            Collections.shuffle(order, random);
            for (var target : order) {
                measured.computeIfAbsent(target.name(), name -> new ArrayList<>())
                        .add(Load.run(setup, target, ROUND_SECONDS));
            }
        }
    }

    private void rotate(Attached attached) throws Exception {
        say("refresh tokens …");
        var tokens = attached.clients().stream()
                .map(client -> client.tokens().refreshToken())
                .toArray(String[]::new);
        Signing.rotationsPerSecond(attached, tokens, ROUND_SECONDS);
        Signing.rawPerSecond(ROUND_SECONDS);
        for (int round = 0; round < ROUNDS; round++) {
            rotations.add(Signing.rotationsPerSecond(attached, tokens, 2));
            signatures.add(Signing.rawPerSecond(2));
        }
    }

    private void print(Starts.Times starts, double idle) {
        double bare = calls("bare");
        var bares = measured.get("bare").stream().map(Measured::callsPerSecond).toList();
        double swing = (Collections.max(bares) - Collections.min(bares)) / bare;
        System.out.printf(
                "%nbare Jetty: %.0f calls/s, %.1f µs CPU a call, p99 %.1f ms, swing %.0f %%%n%n",
                bare, cpu("bare"), p99("bare"), swing * 100);
        row("", "calls/s against bare", "CPU per call", "p99");
        ratios("2026-07-28 read tool on local data, everything on", "read");
        ratios("2026-07-28 effectful tool, durable before it acts", "write");
        ratios("2025-11-25 read tool, everything on", "old read");
        ratios("Java SDK 2.1.0 stateless, default, nothing secured", "sdk");
        System.out.println();
        single("2026-07-28 read tool against the Java SDK's", "%.2f", calls("read") / calls("sdk"));
        single("rotation of refresh tokens against raw ES256", "%.2f", median(rotations) / median(signatures));
        single("exec to /readyz against bare, both with AOT cache", "%.2f", starts.serverCached() / starts.bareCached());
        single("exec to /readyz, without AOT cache, ms", "%.0f", starts.server());
        single("exec to /readyz, with AOT cache, ms", "%.0f", starts.serverCached());
        single("resident memory, idle, MiB", "%.0f", idle);
        if (swing > MOST_SWING) {
            System.err.println("bench: refused: the bare server swung by more than a quarter, so something else uses this"
                    + " machine. Run it again when nothing else does.");
            System.exit(1);
        }
    }

    private void ratios(String what, String name) {
        row(
                what,
                "%.2f".formatted(calls(name) / calls("bare")),
                "%.2f".formatted(cpu(name) / cpu("bare")),
                "%.1f×".formatted(p99(name) / p99("bare")));
    }

    private static void row(String what, String calls, String cpu, String p99) {
        System.out.printf("%-54s %20s %14s %8s%n", what, calls, cpu, p99);
    }

    private static void single(String what, String format, double value) {
        System.out.printf("%-54s %20s%n", what, format.formatted(value));
    }

    private double calls(String name) {
        return of(name, Measured::callsPerSecond);
    }

    private double cpu(String name) {
        return of(name, Measured::cpuMicros);
    }

    private double p99(String name) {
        return of(name, Measured::p99Millis);
    }

    private double of(String name, ToDoubleFunction<Measured> figure) {
        return median(measured.get(name).stream()
                .map(each -> figure.applyAsDouble(each))
                .toList());
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
