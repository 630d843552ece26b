package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.config.Config.ConnectorConfig;
import dev.countersign.connections.FoundConnectors;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connectors that are there, and what is still to be done to use them. */
final class ConnectorCheck implements Examination {
    private static final ConnectorConfig NOT_SET_UP =
            new ConnectorConfig("true", Optional.empty(), Optional.empty(), Map.of());

    private final Config config;
    private final FoundConnectors found;
    private final List<Connector> connectors;

    ConnectorCheck(Config config, FoundConnectors found) {
        this.config = config;
        this.found = found;
        this.connectors = found.all();
    }

    static ConnectorConfig setting(Config config, Connector connector) {
        return config.connectors().getOrDefault(connector.id(), NOT_SET_UP);
    }

    /** Whether people can link an account with it. */
    static boolean used(Config config, List<Connector> all, Connector connector) {
        var setting = setting(config, connector);
        boolean anySetUp = all.stream().anyMatch(each -> setUp(setting(config, each), each));
        boolean wanted = setting.enabled().equals("true") || (setting.enabled().equals("auto") && !anySetUp);
        return wanted
                && (connector.embedded().isPresent()
                        || setting.clientId().isPresent()
                        || withPassword(setting, connector));
    }

    private static boolean setUp(ConnectorConfig setting, Connector connector) {
        return setting.clientId().isPresent() || (setting.enabled().equals("true") && withPassword(setting, connector));
    }

    /** Whether its accounts are signed in to with a password; wrong settings are told when they are looked at. */
    private static boolean withPassword(ConnectorConfig setting, Connector connector) {
        try {
            return connector.passwordSignIn(new Settings(setting.other())).isPresent();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    @Override
    public List<Finding> look() {
        var findings = new ArrayList<Finding>();
        connectors.forEach(connector -> findings.add(look(connector)));
        found.refused()
                .forEach(refused -> findings.add(Finding.notice(
                        "the connector " + refused.jar() + " is left out: " + refused.reason(),
                        refused.isDouble()
                                ? "Take one of the two away."
                                : "Get a jar that fits this version from whoever made it, or take it"
                                        + " out of the folder.")));
        config.connectors().keySet().stream()
                .filter(id -> connectors.stream()
                        .noneMatch(connector -> connector.id().equals(id)))
                .forEach(id -> findings.add(Finding.notice(
                        "there are settings for connectors." + id + ", and no such connector",
                        "Put its jar in place, or take the settings out.")));
        if (connectors.stream().noneMatch(connector -> used(config, connectors, connector))) {
            findings.add(Finding.notice(
                    "there is no provider that people could link",
                    "Set one up with its client-id and client-secret, or set connectors.sandbox.enabled to true."));
        }
        return findings;
    }

    private Finding look(Connector connector) {
        var setting = setting(config, connector);
        var name = connector.name() + " (connectors." + connector.id()
                + found.jarOf(connector).map(jar -> ", from " + jar).orElse("") + ")";
        var redirect = config.publicUrl() + "/connect/" + connector.id() + "/callback";
        if (!used(config, connectors, connector)) {
            return Finding.good(
                    setting.enabled().equals("true")
                            ? name + " is not set up; its client would have the redirect address " + redirect
                            : name + " is off (enabled: " + setting.enabled() + ")");
        }
        if (connector.embedded().isPresent()) {
            return Finding.good(name + " runs inside Countersign");
        }
        try {
            if (withPassword(setting, connector)) {
                connector.passwordSignIn(new Settings(setting.other()));
                return Finding.good(name + " is on; people link accounts with an address and an app password");
            }
            connector.provider(new Settings(setting.other()));
            return Finding.good(name + " is set up; its client must have the redirect address " + redirect);
        } catch (IllegalArgumentException e) {
            return Finding.bad(
                    name + ": " + e.getMessage(), "Set it under connectors." + connector.id() + " in the settings.");
        }
    }
}
