package dev.countersign.bench;

import dev.countersign.bench.Load.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Measures everything in one run and prints ratios. Figures of two runs are not to be compared. */
public final class Bench {
    private static final int WARM_UP_SECONDS = 8;

    /** A run in which what nothing changes swings by more than this says nothing. */
    private static final double MOST_SWING = 0.25;

    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Setup setup;
    private final Options options;
    private final Figures figures = new Figures();
    private final Table table = new Table();

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

    private Bench(Setup setup, Options options) {
        this.setup = setup;
        this.options = options;
    }

    /** Class path, work folder and policy file are the first arguments, options the others. */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(List.of(arguments).subList(3, arguments.length));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        new Bench(new Setup(arguments[0], Path.of(arguments[1]), Path.of(arguments[2])), options).run();
    }

    private void run() throws Exception {
        if (options.has(Row.START)) {
            starts();
        }
        try (var servers = new Servers(setup)) {
            if (options.has(Row.MEMORY)) {
                memory(servers);
            }
            load(Arrays.stream(Subject.values())
                    .filter(subject -> subject.wanted(options))
                    .toList(), servers);
            if (options.has(Row.ROTATION)) {
                rotation(servers.attached());
            }
        }
        print();
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
            Load.run(setup, target, WARM_UP_SECONDS);
        }
        var random = new Random(11);
        for (int round = 1; round <= options.rounds() && !targets.isEmpty(); round++) {
            say("round " + round + " of " + options.rounds() + " …");
            Collections.shuffle(targets, random);
            for (var target : targets) {
                figures.add(target.subject(), Load.run(setup, target, options.seconds()));
            }
        }
    }

    private void rotation(Attached attached) throws Exception {
        say("refresh tokens …");
        var rotations = new ArrayList<Double>();
        var signatures = new ArrayList<Double>();
        var tokens = attached.clients().stream()
                .map(client -> client.tokens().refreshToken())
                .toArray(String[]::new);
        Signing.rotationsPerSecond(attached, tokens, options.seconds());
        Signing.rawPerSecond(options.seconds());
        for (int round = 0; round < options.rounds(); round++) {
            rotations.add(Signing.rotationsPerSecond(attached, tokens, options.seconds()));
            signatures.add(Signing.rawPerSecond(options.seconds()));
        }
        table.add(
                "rotation of refresh tokens against raw ES256 signatures",
                "%.2f",
                Figures.median(rotations) / Figures.median(signatures),
                Goal.least(0.4, 0.7));
    }

    private void print() {
        var rows = new LoadRows(figures);
        rows.printDetail();
        rows.addTo(table);
        table.print();
        if (options.rounds() < Options.FEWEST_ROUNDS) {
            say("fewer than " + Options.FEWEST_ROUNDS + " rounds: to work on a row, not to go by");
        }
        if (figures.has(Subject.BARE) && figures.swing(Subject.BARE) > MOST_SWING) {
            say("refused: the bare server swung by more than a quarter, so something else uses this machine. Run it again"
                    + " when nothing else does.");
            System.exit(1);
        }
    }

    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
