package dev.countersign.cli;

import dev.countersign.config.Config;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the server and stays. Its usual arguments are read here: the classes of the command-line library are of a format that
 * no AOT cache takes, so that reading them would be a third of the start.
 */
record Start(Map<String, String> settings, boolean verbose) {
    private static final String SET = "--set";

    Start {
        settings = new LinkedHashMap<>(settings);
    }

    /** The start that these arguments ask for; absent when they are anything else, for example a mistake. */
    static Optional<Start> of(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("start")) {
            return Optional.empty();
        }
        var settings = new LinkedHashMap<String, String>();
        boolean verbose = false;
        for (var argument : arguments.subList(1, arguments.size())) {
            var parts = argument.split("=", 3);
            if (argument.equals("--verbose")) {
                verbose = true;
            } else if (parts.length == 3 && parts[0].equals(SET) && !parts[1].isEmpty()) {
                settings.put(parts[1], parts[2]);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new Start(settings, verbose));
    }

    int run(Starter starter, PrintWriter out) throws InterruptedException {
        starter.prepare();
        var config = Config.read(Cli.home(), System.getenv(), settings);
        if (verbose) {
            config.said()
                    .forEach((key, value) -> out.println("  " + key + ": " + (value.isEmpty() ? "not set" : value)));
            out.flush();
        }
        var running = starter.start(config, false, Map.of());
        running.firstRunLink()
                .ifPresentOrElse(
                        link -> out.println(
                                "Countersign is ready. Make the first account here (the link works once):\n  " + link),
                        () -> out.println("Countersign is ready: " + running.console()));
        out.println("MCP address for clients: " + config.publicUrl() + "/mcp");
        out.println("Providers to link: " + String.join(", ", running.providers()));
        running.notices().forEach(notice -> out.println("! " + notice));
        out.flush();
        waitForTheEnd(running);
        return 0;
    }

    /** Until the process is told to end; requests under way are finished. */
    static void waitForTheEnd(Starter.Running running) throws InterruptedException {
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            running.close();
            ended.countDown();
        }));
        ended.await();
    }
}
