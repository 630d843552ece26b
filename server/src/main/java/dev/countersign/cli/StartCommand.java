package dev.countersign.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@link Start} for the command-line library: its help, and what is wrong with its arguments. */
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
        return new Start(settings, verbose).run(starter, spec.commandLine().getOut());
    }
}
