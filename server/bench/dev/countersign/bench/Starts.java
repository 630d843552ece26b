package dev.countersign.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Milliseconds from exec to the first answer, with an AOT cache and without. JEP 483, 514. */
final class Starts {
    /** What is started: where it is ready, and its command. */
    private record Subject(String name, URI ready, List<String> command, Path cache) {}

    /** Medians in milliseconds. */
    record Times(double bare, double bareCached, double server, double serverCached) {}

    private Starts() {}

    static Times measure(Bench.Setup setup, int rounds) throws Exception {
        var bare = subject("bare", ServerProcess.freePort(), setup);
        var server = serverSubject(setup);
        for (var subject : List.of(bare, server)) {
            once(setup, subject, List.of("-XX:AOTCacheOutput=" + subject.cache()));
            if (!Files.exists(subject.cache())) {
                throw new IllegalStateException("no AOT cache was written for " + subject.name());
            }
        }
        var runs = new ArrayList<Runnable>();
        var times = new HashMap<String, List<Double>>();
        for (int round = 0; round < rounds; round++) {
            for (var subject : List.of(bare, server)) {
                for (var options : List.of(List.<String>of(), List.of("-XX:AOTCache=" + subject.cache()))) {
                    var name = subject.name() + (options.isEmpty() ? "" : " cached");
                    runs.add(() -> times.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(once(setup, subject, options)));
                }
            }
        }
        Collections.shuffle(runs, new Random(7));
        runs.forEach(Runnable::run);
        return new Times(
                Figures.median(times.get("bare")),
                Figures.median(times.get("bare cached")),
                Figures.median(times.get("server")),
                Figures.median(times.get("server cached")));
    }

    private static Subject subject(String name, int port, Bench.Setup setup) {
        return new Subject(
                name,
                URI.create("http://127.0.0.1:" + port + "/readyz"),
                List.of("dev.countersign.bench.BareServer", Integer.toString(port)),
                setup.work().resolve(name + ".aot"));
    }

    private static Subject serverSubject(Bench.Setup setup) throws Exception {
        var settings = Bench.Settings.of(setup.work().resolve("start-data"));
        return new Subject(
                "server",
                URI.create("http://127.0.0.1:" + settings.privatePort() + "/readyz"),
                settings.command(setup),
                setup.work().resolve("server.aot"));
    }

    private static double once(Bench.Setup setup, Subject subject, List<String> options) {
        try (var started = ServerProcess.start(setup, options, Map.of(), subject.command())) {
            return started.ready(subject.ready()).toNanos() / 1e6;
        } catch (Exception e) {
            throw new IllegalStateException(subject.name(), e);
        }
    }
}
