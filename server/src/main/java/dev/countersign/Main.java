package dev.countersign;

import dev.countersign.cli.Cli;
import dev.countersign.cli.Starter;
import dev.countersign.config.Config;
import java.time.Clock;
import java.util.Map;

/** The command line of the server, wired. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // all pages and messages are in English; to find the words of a thousand other places is a third of a start
        System.setProperty("java.locale.providers", "SPI");
        System.exit(run(arguments));
    }

    /** Runs one command within this process and gives its exit status. */
    public static int run(String... arguments) {
        return Cli.run(starter(), arguments);
    }

    /** What starts a server by the machine's clock. */
    public static Starter starter() {
        return new Starter() {
            @Override
            public Running start(Config config, boolean demo, Map<String, String> faults) {
                return RunningServer.start(config, Clock.systemUTC(), demo, faults);
            }

            @Override
            public void prepare() {
                Preparation.begin();
            }
        };
    }
}
