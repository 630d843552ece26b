package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.config.ConfigException;
import dev.countersign.connections.FoundConnectors;
import dev.countersign.mcp.ToolCalls;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at everything that a start needs, whether a server runs or not, and changes nothing. */
final class Doctor {
    private final Path home;
    private final Map<String, String> environment;
    private final Map<String, String> settings;
    private final Clock clock;

    /** @param settings those that the command line gives, by key */
    Doctor(Path home, Map<String, String> environment, Map<String, String> settings, Clock clock) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.settings = Map.copyOf(settings);
        this.clock = clock;
    }

    List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        findings.add(MachineCheck.java());
        Config config;
        try {
            config = Config.read(home, environment, settings);
        } catch (ConfigException e) {
            findings.add(Finding.bad(
                    "settings: " + e.getMessage(),
                    "Mend it in config/countersign.yaml, the environment or --set; the rest is checked then."));
            return findings;
        }
        findings.add(
                Finding.good("settings are in order, " + config.said().size() + " keys; start --verbose prints them"));
        try (var found = FoundConnectors.find(config.connectorFolder(), ToolCalls::check)) {
            inOrder(config, found).forEach(examination -> findings.addAll(look(examination)));
        }
        return findings;
    }

    private List<Examination> inOrder(Config config, FoundConnectors found) {
        return List.of(
                new MachineCheck(config, clock),
                new AddressCheck(config, clock),
                new DataFolderCheck(config),
                new PortCheck(config, found.all()),
                new KeyCheck(config),
                new DatabaseCheck(config),
                new PolicyCheck(config),
                new ConnectorCheck(config, found));
    }

    private static List<Finding> look(Examination examination) {
        try {
            return examination.look();
        } catch (Exception e) {
            var what =
                    examination.getClass().getSimpleName().replace("Check", "").toLowerCase(java.util.Locale.ROOT);
            return List.of(Finding.bad(
                    what + " could not be looked at: " + e.getClass().getSimpleName() + ", " + e.getMessage(),
                    "Run the doctor as the user that runs Countersign."));
        }
    }
}
