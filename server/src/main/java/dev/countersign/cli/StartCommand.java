package dev.countersign.cli;

import dev.countersign.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the server and stays. */
@Command(
        name = "start",
        description =
                "Start the server: everything on embedded defaults, with the sandbox until a real provider is set up.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private final Starter starter;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of config/countersign.yaml, e.g. server.port=9000. May stand more than once.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--verbose", description = "Print all settings, secrets as set or not set.")
    private boolean verbose;

    StartCommand(Starter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        var config = Config.read(Cli.home(), System.getenv(), settings);
        var out = spec.commandLine().getOut();
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
