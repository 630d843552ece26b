package dev.countersign.cli;

import dev.countersign.config.Config;
import dev.countersign.connector.Connector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports can be listened on, or who has them. */
final class PortCheck implements Examination {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Config config;
    private final List<Connector> connectors;

    private record Port(String key, String host, int number, String probe) {}

    PortCheck(Config config, List<Connector> connectors) {
        this.config = config;
        this.connectors = connectors;
    }

    @Override
    public List<Finding> look() throws IOException {
        boolean running = DataFolderState.inUse(config.dataFolder());
        var findings = new ArrayList<Finding>();
        for (var port : ports()) {
            findings.add(look(port, running));
        }
        return findings;
    }

    private List<Port> ports() {
        var ports = new ArrayList<Port>();
        ports.add(new Port(
                "server.port",
                config.http().host(),
                config.http().port(),
                "/.well-known/oauth-protected-resource/mcp"));
        ports.add(new Port("server.private-port", "127.0.0.1", config.privatePort(), "/livez"));
        for (var connector : connectors) {
            if (connector.embedded().isPresent() && ConnectorCheck.used(config, connectors, connector)) {
                ports.add(port(connector));
            }
        }
        return ports;
    }

    private Port port(Connector connector) {
        var setting = ConnectorCheck.setting(config, connector).other();
        return new Port(
                "connectors." + connector.id() + ".port",
                setting.getOrDefault("host", "127.0.0.1"),
                Integer.parseInt(setting.getOrDefault("port", "0")),
                "/sign-in");
    }

    private static Finding look(Port port, boolean running) {
        if (port.number == 0) {
            return Finding.good(port.key + " is 0: any free port is taken");
        }
        var name = "port " + port.number + " (" + port.key + ") on " + port.host;
        if (Ports.isFree(port.host, port.number)) {
            return running
                    ? Finding.notice(
                            name + " is free, although a Countersign runs on the data folder",
                            "It was started with other settings, or is starting: look at its first lines.")
                    : Finding.good(name + " is free");
        }
        if (running) {
            return Finding.good(name + " is used by the Countersign that runs");
        }
        return Finding.bad(
                name + " is in use"
                        + (answers(port)
                                ? " by another Countersign, with another data folder"
                                : ", not by Countersign"),
                "End what uses it, or set " + port.key + " to another port.");
    }

    private static boolean answers(Port port) {
        try (var http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + shown(port.host) + ":" + port.number + port.probe))
                    .timeout(TIMEOUT)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String shown(String host) {
        return switch (host) {
            case "0.0.0.0", "::" -> "localhost";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
