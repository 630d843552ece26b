package dev.countersign.cli;

import dev.countersign.config.Config;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts with made-up people and walks the whole job as a client and a person would. */
@Command(
        name = "demo",
        description = {
            "Start with the sandbox and two made-up people, walk the whole job as a real client and a person would,"
                    + " print each step, and stay up.",
            "It has data of its own, which it empties each time, and takes no settings but those given here."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8484;

    /** The server's, the sandbox's and the private one stand in a row. */
    private static final int PORTS = 3;

    private final Starter starter;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--exit", description = "End after the tour: with status 0 when every step held, else with 1.")
    private boolean exit;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the server; the sandbox takes N+1, health and metrics N+2. Default: ${DEFAULT-VALUE}.")
    private int port = DEFAULT_PORT;

    @Option(
            names = "--fault",
            paramLabel = "OPERATION=FAULT",
            description = "What the sandbox shall fail at, e.g. mail-send=403. May stand more than once.")
    private Map<String, String> faults = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Folder for the demo's data. Default: demo in the data folder.")
    private Optional<Path> data = Optional.empty();

    DemoCommand(Starter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        checkPorts();
        var folder = data.orElseGet(DemoCommand::dataFolder).toAbsolutePath();
        DemoFolder.empty(folder);
        out.println("Countersign starts with made-up people, on " + folder + ".");
        out.flush();
        Starter.Running running;
        try {
            running = starter.start(Config.defaults(Cli.home(), settings(folder)), true, faults);
        } catch (IllegalArgumentException e) {
            if (faults.isEmpty()) {
                throw e;
            }
            spec.commandLine().getErr().println("--fault: " + e.getMessage() + ".");
            return Cli.USAGE;
        }
        return walk(out, running);
    }

    private int walk(PrintWriter out, Starter.Running running) throws InterruptedException {
        Optional<String> failure;
        try (var scene = new Scene(running.console(), provider(), running.stage())) {
            failure = new Tour(out).walk(chapters(scene));
        }
        out.println();
        if (exit || failure.isPresent()) {
            running.close();
            out.println(failure.map(why -> "The tour ended early. " + why).orElse("Every step held."));
            out.flush();
            return failure.isPresent() ? 1 : 0;
        }
        tellAddresses(out, running);
        Start.waitForTheEnd(running);
        return 0;
    }

    static List<Tour.Chapter> chapters(Scene scene) {
        var legacy = new Kept<dev.countersign.client.LegacyClient>();
        return List.of(
                new SignInChapter(scene, legacy).chapter(),
                new CalendarChapter(scene, legacy).chapter(),
                new MailChapter(scene).chapter(),
                new LegacyMailChapter(scene, legacy).chapter(),
                new SearchChapter(scene).chapter(),
                new StrangerChapter(scene).chapter(),
                new SessionChapter(scene).chapter());
    }

    private Map<String, String> settings(Path folder) {
        return Map.of(
                "data", folder.toString(),
                "server.port", Integer.toString(port),
                "server.private-port", Integer.toString(port + 2),
                "connectors.sandbox.enabled", "true",
                "connectors.sandbox.port", Integer.toString(port + 1));
    }

    private void checkPorts() {
        if (port < 1 || port > 65535 - (PORTS - 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--port is '" + port + "'; allowed are whole numbers from 1 to 65533");
        }
        var taken = IntStream.range(port, port + PORTS)
                .filter(each -> !Ports.isFree("127.0.0.1", each))
                .findFirst();
        if (taken.isPresent()) {
            throw new StartException("Port " + taken.getAsInt() + " is in use, and the demo needs " + port + " to "
                    + (port + PORTS - 1) + ". End what uses it, or give another first port with --port.");
        }
    }

    private URI provider() {
        return URI.create("http://127.0.0.1:" + (port + 1));
    }

    /** Only this variable is heeded: the demo keeps off the settings of a real server. */
    private static Path dataFolder() {
        return Cli.home()
                .resolve(Optional.ofNullable(System.getenv("COUNTERSIGN_DATA")).orElse("data"))
                .resolve("demo");
    }

    private void tellAddresses(PrintWriter out, Starter.Running running) {
        out.println("Every step held. Countersign stays up; end it with Ctrl+C.");
        out.println();
        out.println("  Pages              " + running.console());
        out.println("  MCP for clients    " + running.console().resolve("/mcp"));
        out.println("  Sandbox provider   " + provider());
        out.println("  Sign in, at both   alice@example.com or bob@example.com, password " + Visitor.PASSWORD);
        out.flush();
    }
}
