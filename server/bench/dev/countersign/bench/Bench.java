package dev.countersign.bench;

import dev.countersign.bench.Load.Measured;
import dev.countersign.bench.Load.Target;
import dev.countersign.bench.OpenLoop.Latencies;
import dev.countersign.mcp.ToolList;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Measures everything in one run and prints ratios. Figures of two runs are not to be compared. */
public final class Bench {
    private static final int WARM_UP_SECONDS = 8;
    private static final int MOST_WARM_UPS = 8;

    /** A subject is warm when a call costs no less than this part of what it cost before. */
    private static final double SETTLED = 0.95;

    /** A rotation takes many times as long as a call, and is compiled by its count. */
    private static final int ROTATION_WARM_UP_SECONDS = 15;

    /** A run in which what nothing changes swings by more than this says nothing. */
    private static final double MOST_SWING = 0.25;

    /** Latency is measured at this part of bare's rate. */
    private static final double OPEN_LOOP_PART = 0.3;

    private static final List<Subject> OPEN = List.of(Subject.BARE, Subject.READ);

    private static final Duration LET_GO = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Setup setup;
    private final Options options;
    private final Figures figures = new Figures();
    private final Table table = new Table();
    private final List<Double> lags = new ArrayList<>();

    /**
     * @param classPath product and bench
     * @param work a folder that is thrown away
     * @param typeScript the folder of the TypeScript server and its modules
     */
    record Setup(String classPath, Path work, Path policy, Path typeScript) {}

    /** One server of the product. */
    record Settings(int port, int privatePort, int sandboxPort, Path data) {
        static Settings of(Path data) throws IOException {
            return new Settings(ServerProcess.freePort(), ServerProcess.freePort(), ServerProcess.freePort(), data);
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

    private Bench(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    /** Class path, work folder, policy file and TypeScript folder are the first arguments, options the others. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(List.of(arguments).subList(4, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        var setup = new Setup(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        new Bench(setup, options).run();
    }

    private void run() throws Exception {
        if (options.has(Row.LIST)) {
            list();
        }
        if (options.has(Row.START)) {
            starts();
        }
        try (var servers = new Servers(setup)) {
            if (options.has(Row.MEMORY)) {
                memory(servers);
            }
            load(
                    Arrays.stream(Subject.values())
                            .filter(subject -> subject.wanted(options))
                            .toList(),
                    servers);
            if (options.has(Row.OPEN_LOOP)) {
                openLoop(servers);
            }
            if (options.has(Row.STREAMS)) {
                streams(servers.echo());
            }
            if (options.has(Row.ROTATION)) {
                rotation(servers.attached());
            }
        }
        print();
    }

    private void list() {
        var list = ToolList.measure(setup.work());
        table.add("tools/list with all connectors: tools", "%.0f", list.tools(), Goal.NONE);
        table.add("tools/list with all connectors: bytes", "%.0f", list.bytes(), Goal.NONE);
        table.add("tools/list, of it name, description and input schema: bytes", "%.0f", list.modelBytes(), Goal.NONE);
    }

    private void starts() throws Exception {
        say("starts …");
        var starts = Starts.measure(setup, options.rounds());
        table.add(
                "exec to /readyz against bare, both with AOT cache",
                "%.2f×",
                starts.serverCached() / starts.bareCached(),
                Goal.most(1.7, 1.4));
        table.add("exec to /readyz with AOT cache, ms", "%.0f", starts.serverCached(), Goal.NONE);
        table.add("exec to /readyz without, ms", "%.0f", starts.server(), Goal.NONE);
    }

    private void memory(Servers servers) throws Exception {
        say("rest …");
        var server = servers.product();
        TimeUnit.MILLISECONDS.sleep(IDLE.toMillis()); // what is measured is rest
        table.add("resident memory, idle after start, MiB", "%.0f", server.residentMebibytes(), Goal.most(180, 150));
    }

    private void load(List<Subject> subjects, Servers servers) throws Exception {
        var targets = new ArrayList<Target>();
        for (var subject : subjects) {
            targets.add(servers.target(subject));
        }
        for (var target : targets) {
            say("warming up: " + target.subject().title() + " …");
            warmUp(target);
        }
        var random = new Random(11);
        for (int round = 1; round <= options.rounds() && !targets.isEmpty(); round++) {
            say("round " + round + " of " + options.rounds() + " …");
            Collections.shuffle(targets, random);
            for (var target : targets) {
                figures.add(target.subject(), round(target, servers));
            }
        }
        if (!lags.isEmpty()) {
            table.add(
                    "audit log complete after the last answer, at most, ms",
                    "%.0f",
                    Collections.max(lags),
                    Goal.most(50, 50));
        }
    }

    /** Until the compiler has done its work. */
    private void warmUp(Target target) throws Exception {
        double before = Double.MAX_VALUE;
        for (int run = 0; run < MOST_WARM_UPS; run++) {
            double now = Load.run(setup, target, WARM_UP_SECONDS).cpuMicros();
            if (now > before * SETTLED) {
                return;
            }
            before = now;
        }
    }

    private Measured round(Target target, Servers servers) throws Exception {
        if (!target.subject().audited()) {
            return Load.run(setup, target, options.seconds());
        }
        try (var ledger = servers.ledger()) {
            var before = ledger.written();
            var measured = target.subject() == Subject.BLOCKED
                    ? besideHolders(target, servers)
                    : Load.run(setup, target, options.seconds());
            if (target.subject() == Subject.WRITE) {
                ledger.checkExecuted(before, measured.calls());
            }
            lags.add(ledger.awaitAudited(before, measured.calls()));
            return measured;
        }
    }

    private Measured besideHolders(Target target, Servers servers) throws Exception {
        Measured measured;
        try (var _ = servers.holders().hold()) {
            measured = Load.run(setup, target, options.seconds());
        }
        TimeUnit.MILLISECONDS.sleep(LET_GO.toMillis()); // the server looks every 300 ms whether a client is there
        return measured;
    }

    private void openLoop(Servers servers) throws Exception {
        double rate = OPEN_LOOP_PART * figures.calls(Subject.BARE);
        say("open loop at " + Math.round(rate) + " calls/s …");
        var all = new EnumMap<Subject, List<OpenLoop.Latencies>>(Subject.class);
        for (int round = 0; round < options.rounds(); round++) {
            for (var subject : round % 2 == 0 ? OPEN : OPEN.reversed()) {
                all.computeIfAbsent(subject, any -> new ArrayList<>())
                        .add(OpenLoop.run(servers.target(subject), rate, options.seconds()));
            }
        }
        var p50 = "open loop at 30 %% of bare's rate, %s: p50 ms";
        var p99 = "open loop at 30 %% of bare's rate, %s: p99 ms";
        for (var subject : OPEN) {
            table.add(p50.formatted(subject.title()), "%.2f", median(all, subject, Latencies::p50Millis), Goal.NONE);
            table.add(p99.formatted(subject.title()), "%.2f", median(all, subject, Latencies::p99Millis), Goal.NONE);
        }
        table.add(
                "open loop, the read tool's p99 against bare",
                "%.2f×",
                median(all, Subject.READ, Latencies::p99Millis) / median(all, Subject.BARE, Latencies::p99Millis),
                Goal.most(1.3, 1.1));
    }

    private static double median(
            Map<Subject, List<Latencies>> all, Subject subject, ToDoubleFunction<Latencies> figure) {
        return Figures.median(all.get(subject).stream()
                .map(each -> figure.applyAsDouble(each))
                .toList());
    }

    private void streams(Servers.Simple echo) throws Exception {
        say("listen streams …");
        table.add(
                "live heap per idle listen stream, 5,000 open, KiB",
                "%.1f",
                ListenStreams.heapKibibytes(echo.process(), echo.port()),
                Goal.most(8, 4));
    }

    private void rotation(Attached attached) throws Exception {
        say("refresh tokens …");
        var rotations = new ArrayList<Double>();
        var signatures = new ArrayList<Double>();
        var all = new Rotations(attached);
        warmUp(all);
        Signing.rawPerSecond(options.seconds());
        for (int round = 0; round < options.rounds(); round++) {
            rotations.add(all.perSecond(options.seconds()));
            signatures.add(Signing.rawPerSecond(options.seconds()));
        }
        table.add(
                "rotation of refresh tokens against raw ES256 signatures",
                "%.2f",
                Figures.median(rotations) / Figures.median(signatures),
                Goal.least(0.4, 0.7));
    }

    private static void warmUp(Rotations rotations) throws Exception {
        double before = 0;
        for (int run = 0; run < MOST_WARM_UPS; run++) {
            double now = rotations.perSecond(ROTATION_WARM_UP_SECONDS);
            if (now * SETTLED < before) {
                return;
            }
            before = now;
        }
    }

    private void print() {
        var rows = new LoadRows(figures);
        rows.printDetail();
        var all = new Table();
        rows.addTo(all);
        all.addAll(table);
        all.print();
        if (options.rounds() < Options.FEWEST_ROUNDS) {
            say("fewer than " + Options.FEWEST_ROUNDS + " rounds: to work on a row, not to go by");
        }
        if (figures.has(Subject.BARE) && figures.swing(Subject.BARE) > MOST_SWING) {
            say("refused: the bare server swung by more than a quarter, so something else uses this machine. Run"
                    + " it again when nothing else does.");
            System.exit(1);
        }
    }

    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
