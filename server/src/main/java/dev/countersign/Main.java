package dev.countersign;

import dev.countersign.cli.Cli;
import dev.countersign.cli.Starter;
import java.time.Clock;

/** The command line of the server, wired. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command within this process and gives its exit status. */
    public static int run(String... arguments) {
        return Cli.run(starter(), arguments);
    }

    /** What starts a server by the machine's clock. */
    public static Starter starter() {
        return (config, demo, faults) -> RunningServer.start(config, Clock.systemUTC(), demo, faults);
    }
}
