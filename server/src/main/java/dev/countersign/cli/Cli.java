package dev.countersign.cli;

import dev.countersign.config.ConfigException;
import dev.countersign.store.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit status: 0 done, 1 failed, 2 wrong usage or settings. */
@Command(
        name = "countersign",
        description = "An MCP tool server that acts for a signed-in person and asks before what matters.",
        mixinStandardHelpOptions = false,
        synopsisSubcommandLabel = "COMMAND")
public final class Cli {
    /** Wrong usage or settings. */
    static final int USAGE = 2;

    private Cli() {}

    /** Runs one command and gives its exit status. */
    public static int run(Starter starter, String... arguments) {
        var start = Start.of(List.of(arguments));
        if (start.isPresent()) {
            return run(start.get(), starter);
        }
        return Stdio.of(List.of(arguments)).map(Cli::run).orElseGet(() -> runParsed(starter, arguments));
    }

    private static int run(Stdio bridge) {
        try {
            return bridge.run();
        } catch (Exception e) {
            System.err.println(sentence(e));
            return status(e);
        }
    }

    private static int run(Start start, Starter starter) {
        try {
            return start.run(starter, new PrintWriter(System.out, true, System.out.charset()));
        } catch (Exception e) {
            System.err.println(sentence(e));
            return status(e);
        }
    }

    private static int runParsed(Starter starter, String... arguments) {
        var line = new CommandLine(new Cli())
                .addSubcommand(new StartCommand(starter))
                .addSubcommand(new DemoCommand(starter))
                .addSubcommand(new StdioCommand())
                .addSubcommand(new DoctorCommand())
                .addSubcommand(new VersionCommand())
                .addSubcommand(new AuditCommand())
                .addSubcommand(new UserCommand())
                .addSubcommand(new AccessCommand())
                .addSubcommand(new ConnectorCommand());
        line.setExecutionExceptionHandler((failure, command, result) -> {
            command.getErr().println(sentence(failure));
            return status(failure);
        });
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return USAGE;
        }
        return line.execute(arguments);
    }

    private static int status(Exception failure) {
        return failure instanceof ConfigException || failure instanceof UsageException ? USAGE : 1;
    }

    private static @Nullable String sentence(Exception failure) {
        return switch (failure) {
            case ConfigException config -> "Countersign does not start: " + config.getMessage();
            case StartException start -> start.getMessage();
            case CommandException failed -> failed.getMessage();
            case UsageException wrong -> wrong.getMessage();
            case StoreException store ->
                "The database cannot be used: "
                        + Optional.ofNullable(store.getCause())
                                .map(Throwable::getMessage)
                                .orElse(store.getMessage());
            default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
        };
    }

    /** The installation, under which config/ and data/ lie. */
    static Path home() {
        return Path.of(System.getProperty("countersign.home", "")).toAbsolutePath();
    }
}
