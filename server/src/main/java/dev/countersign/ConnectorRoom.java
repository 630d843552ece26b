package dev.countersign;

import dev.countersign.cli.StartException;
import dev.countersign.config.Config;
import dev.countersign.config.Config.ConnectorConfig;
import dev.countersign.connections.FoundConnectors;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connector.Connector;
import dev.countersign.connector.Embedded;
import dev.countersign.connector.PasswordSignIn;
import dev.countersign.connector.Settings;
import dev.countersign.connector.Tool;
import dev.countersign.connector.Toolset;
import dev.countersign.hosts.Reach;
import dev.countersign.mcp.ToolCalls;
import dev.countersign.vault.Secret;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors that are there: found, set up, and those that run inside started. */
final class ConnectorRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorRoom.class);
    private static final ConnectorConfig NOT_SET_UP =
            new ConnectorConfig("true", Optional.empty(), Optional.empty(), Map.of());

    private final List<LinkableProvider> linkable = new ArrayList<>();
    private final List<Tool<?, ?>> tools = new ArrayList<>();
    private final FoundConnectors found;
    private final Map<String, Embedded.Running> embedded = new LinkedHashMap<>();

    private ConnectorRoom(FoundConnectors found) {
        this.found = found;
    }

    /**
     * Starts what runs inside, and reads the settings of the others.
     *
     * @param data under which each embedded provider has a folder of its own
     * @param faults what the embedded provider shall fail at
     */
    static ConnectorRoom open(Config config, Path data, Clock clock, Map<String, String> faults) {
        var room = new ConnectorRoom(FoundConnectors.find(config.connectorFolder(), ToolCalls::check));
        var connectors = room.found.all();
        room.found
                .refused()
                .forEach(
                        refused -> LOG.warn("connector not loaded: jar={} reason={}", refused.jar(), refused.reason()));
        boolean anySetUp = connectors.stream().anyMatch(connector -> setUp(connector, setting(config, connector)));
        try {
            for (var connector : connectors) {
                room.add(connector, config, anySetUp, data, clock, faults);
            }
        } catch (RuntimeException e) {
            room.close();
            throw e;
        }
        ServiceLoader.load(Toolset.class).forEach(set -> room.tools.addAll(set.tools()));
        return room;
    }

    private static ConnectorConfig setting(Config config, Connector connector) {
        return config.connectors().getOrDefault(connector.id(), NOT_SET_UP);
    }

    /** With a client, or for accounts with a password, which need none. */
    private static boolean setUp(Connector connector, ConnectorConfig setting) {
        return setting.clientId().isPresent()
                || (setting.enabled().equals("true")
                        && signIn(connector, setting).isPresent());
    }

    private static Optional<PasswordSignIn> signIn(Connector connector, ConnectorConfig setting) {
        try {
            return connector.passwordSignIn(new Settings(setting.other()));
        } catch (IllegalArgumentException e) {
            throw wrong(connector, e);
        }
    }

    private void add(
            Connector connector, Config config, boolean anySetUp, Path data, Clock clock, Map<String, String> faults) {
        var setting = setting(config, connector);
        boolean wanted = setting.enabled().equals("true") || (setting.enabled().equals("auto") && !anySetUp);
        if (!wanted) {
            return;
        }
        var inside = connector.embedded();
        if (inside.isPresent()) {
            var redirect = URI.create(config.publicUrl() + "/connect/" + connector.id() + "/callback");
            var running = start(connector, inside.get(), setting, data, redirect, clock, faults);
            embedded.put(connector.id(), running);
            add(connector, running.settings(), running.clientId(), running.clientSecret());
        } else if (setting.clientId().isPresent()) {
            add(
                    connector,
                    new Settings(setting.other()),
                    setting.clientId().get(),
                    setting.clientSecret().orElseThrow());
        } else {
            signIn(connector, setting).ifPresent(signIn -> add(connector, signIn, setting));
        }
    }

    private void add(Connector connector, PasswordSignIn signIn, ConnectorConfig setting) {
        var reach = Reach.internet(flag(connector, setting.other(), "plain-loopback"));
        linkable.add(new LinkableProvider(connector, new LinkableProvider.Password(signIn, reach)));
        tools.addAll(connector.tools());
    }

    private static boolean flag(Connector connector, Map<String, String> settings, String key) {
        var value = settings.getOrDefault(key, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong(connector, new IllegalArgumentException(key + " is '" + value + "'; allowed are true, false"));
        }
        return value.equals("true");
    }

    private static StartException wrong(Connector connector, IllegalArgumentException e) {
        return new StartException("connectors." + connector.id() + ": " + e.getMessage() + ".", e);
    }

    private void add(Connector connector, Settings settings, String clientId, String clientSecret) {
        try {
            var provider = connector.provider(settings);
            boolean plain = flag(connector, settings.values(), "plain-loopback");
            linkable.add(new LinkableProvider(connector, provider, clientId, Secret.of(clientSecret), plain));
            tools.addAll(connector.tools());
        } catch (IllegalArgumentException e) {
            throw wrong(connector, e);
        }
    }

    private static Embedded.Running start(
            Connector connector,
            Embedded inside,
            ConnectorConfig setting,
            Path data,
            URI redirect,
            Clock clock,
            Map<String, String> faults) {
        var host = setting.other().getOrDefault("host", "127.0.0.1");
        var port = setting.other().getOrDefault("port", "0");
        try {
            return inside.start(data.resolve(connector.id()), host, Integer.parseInt(port), redirect, clock, faults);
        } catch (BindException e) {
            throw new StartException(
                    "Port " + port + " of " + host + ", which the " + connector.name()
                            + " provider listens on, is in use or not ours. End what uses it, or set connectors."
                            + connector.id() + ".port.",
                    e);
        } catch (NumberFormatException e) {
            throw new StartException(
                    "connectors." + connector.id() + ".port is '" + port
                            + "'; allowed are whole numbers from 0 to 65535.",
                    e);
        } catch (IOException e) {
            throw new StartException(
                    "The " + connector.name() + " provider could not be started: " + e.getMessage(), e);
        }
    }

    /** What people can link. */
    List<LinkableProvider> linkable() {
        return List.copyOf(linkable);
    }

    /** The tools of toolsets, and those that connectors bring themselves. */
    List<Tool<?, ?>> tools() {
        return List.copyOf(tools);
    }

    /** Settings of a provider that runs inside, by its connector's id. */
    Optional<Settings> embeddedSettings(String connectorId) {
        return Optional.ofNullable(embedded.get(connectorId)).map(Embedded.Running::settings);
    }

    /** Jars that were left out, each with the reason in a sentence. */
    List<String> leftOut() {
        return found.refused().stream()
                .map(refused -> "The connector " + refused.jar() + " was left out: " + refused.reason() + ".")
                .toList();
    }

    @Override
    public void close() {
        embedded.values().forEach(Embedded.Running::close);
        found.close();
    }
}
