package dev.countersign.cli;

import dev.countersign.cli.Finding.Mark;
import dev.countersign.config.Config;
import dev.countersign.connections.FoundConnectors;
import dev.countersign.connector.Connector;
import dev.countersign.mcp.ToolCalls;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connectors: set one up with its provider, or begin to write one. */
@Command(
        name = "connector",
        description = "Set a connector up with its provider, or begin to write a new one.",
        mixinStandardHelpOptions = true)
final class ConnectorCommand extends Group {
    @Command(
            name = "new",
            description = {
                "Make the module connectors/NAME in this checkout: a connector that builds, with one tool that reads,"
                        + " one that asks first, and its tests.",
                "Adds it to the build and to the server. connectors/README.md leads on from there."
            },
            mixinStandardHelpOptions = true)
    int make(
            @Parameters(
                            paramLabel = "NAME",
                            description = "Names the folder, settings, scopes and addresses, e.g. demo-tasks.")
                    String name,
            @Option(
                            names = "--thing",
                            paramLabel = "WORD",
                            description =
                                    "What it is about, e.g. task. By default the last word of NAME where that is a"
                                            + " plural, else item.")
                    Optional<String> thing) {
        var folder = new NewConnector(Cli.home(), name, thing).make();
        out().println("""
            Made %1$s and added it to pom.xml and server/pom.xml. It builds as it is.

            Next:
              1. Keep what was made, so that git shows your changes:  git add connectors/%2$s
              2. Try it, in the folder of the checkout:  mvn -q -Dquick -pl connectors/%2$s -am verify
                 The same with -Dplay then plays the API, and says how to start Countersign on it.
              3. Put your API's addresses, records and paths into it; its tests play the API.
              4. See how to register with the provider:  server/bin/countersign connector setup %2$s
            connectors/README.md leads through it.\
            """.formatted(folder, name));
        return 0;
    }

    @Command(
            name = "setup",
            description = {
                "Say what to do at the provider so that people can link accounts: what to click, which redirect"
                        + " address to enter, which scopes to allow, and where to put the client's id and secret.",
                "Then check the result, as far as it can be told without a person. Ends with status 1 when something is"
                        + " wrong, else with 0."
            },
            mixinStandardHelpOptions = true)
    int setup(
            @Parameters(paramLabel = "CONNECTOR", description = "Its id, e.g. google.") String id,
            @Option(
                            names = "--set",
                            paramLabel = "KEY=VALUE",
                            description = "A setting of config/countersign.yaml, as start would get it. May stand more"
                                    + " than once.")
                    Map<String, String> settings) {
        var given = settings == null ? Map.<String, String>of() : new LinkedHashMap<>(settings);
        var config = Config.read(Cli.home(), System.getenv(), given);
        try (var found = FoundConnectors.find(config.connectorFolder(), ToolCalls::check)) {
            var connector = found.all().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new CommandException("There is no connector '" + id + "'. There are: "
                            + found.all().stream().map(Connector::id).sorted().collect(Collectors.joining(", "))
                            + "."));
            var guide = new SetupGuide(config, connector);
            out().print(guide.text());
            out().println("Checks");
            var findings = guide.checks();
            findings.forEach(finding -> out().println(finding.line()));
            out().flush();
            return findings.stream().anyMatch(finding -> finding.mark() == Mark.BAD) ? 1 : 0;
        }
    }
}
