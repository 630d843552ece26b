package dev.countersign;

import dev.countersign.cli.Cli;
import java.time.Clock;

/** The command line of the server, wired. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command within this process and gives its exit status. */
    public static int run(String... arguments) {
        return Cli.run(
                (config, demo, faults) -> RunningServer.start(config, Clock.systemUTC(), demo, faults), arguments);
    }
}
