package dev.countersign.config;

import dev.countersign.http.HttpSettings;
import dev.countersign.http.TrustedProxies;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All settings of one server, checked.
 *
 * @param publicUrl the one origin that people and clients use, without a slash at its end
 * @param dataFolder where keys, the database and the sandbox's data lie
 * @param database the file of the database
 * @param privatePort where /livez, /readyz and /metrics answer, on loopback
 * @param policyFile the rules of who must confirm what
 * @param connectorFolder jars of further connectors
 * @param said each key with its value for people to read, secrets as set or not set
 */
public record Config(
        String publicUrl,
        Path dataFolder,
        Path database,
        HttpSettings http,
        int privatePort,
        Path policyFile,
        OAuth oauth,
        Duration callDeadline,
        Map<String, ConnectorConfig> connectors,
        Path connectorFolder,
        Map<String, String> said) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /**
     * The authorization server.
     *
     * @param dynamicRegistration whether clients may register themselves, RFC 7591
     * @param clientIdMetadata whether a client may be known by the address of its metadata document
     */
    public record OAuth(boolean dynamicRegistration, boolean clientIdMetadata) {}

    /**
     * One connector.
     *
     * @param enabled {@code true}, {@code false}, or {@code auto}: only while no other connector is set up
     * @param clientId empty when it is not set up
     */
    public record ConnectorConfig(
            String enabled, Optional<String> clientId, Optional<String> clientSecret, Map<String, String> other) {
        public ConnectorConfig {
            other = Map.copyOf(other);
        }

        @Override
        public String toString() {
            return "ConnectorConfig[enabled=" + enabled + "]";
        }
    }

    public Config {
        connectors = Map.copyOf(connectors);
    }

    /**
     * Reads and checks all settings.
     *
     * @param home the installation, under which {@code config/} and {@code data/} lie
     * @param commandLine settings that the command line gives, by key
     */
    public static Config read(Path home, Map<String, String> environment, Map<String, String> commandLine) {
        var file = Optional.ofNullable(environment.get("COUNTERSIGN_CONFIG"))
                .map(Path::of)
                .or(() -> Optional.of(home.resolve("config/countersign.yaml")).filter(Files::exists));
        return of(home, SettingValues.read(file, environment, commandLine));
    }

    /** The defaults with these settings over them: neither a file nor the environment changes them. */
    public static Config defaults(Path home, Map<String, String> settings) {
        return of(home, SettingValues.read(Optional.empty(), Map.of(), settings));
    }

    private static Config of(Path home, SettingValues values) {
        var data = home.resolve(values.text("data"));
        int port = values.integer("server.port", 0, 65535);
        var publicUrl = publicUrl(values.optional("public-url").orElse("http://localhost:" + port));
        return new Config(
                publicUrl.toString(),
                data,
                database(values, data),
                http(values, publicUrl, port, home),
                values.integer("server.private-port", 0, 65535),
                home.resolve(values.text("policy.file")),
                new OAuth(values.flag("oauth.dynamic-registration"), values.flag("oauth.client-id-metadata")),
                Duration.ofSeconds(values.integer("mcp.call-seconds", 1, 600)),
                connectors(values),
                values.optional("connectors.folder").map(home::resolve).orElseGet(() -> data.resolve("connectors")),
                said(values));
    }

    private static URI publicUrl(String text) {
        try {
            var url = new URI(text);
            boolean plain = "http".equals(url.getScheme());
            if ((!plain && !"https".equals(url.getScheme()))
                    || url.getHost() == null
                    || !(url.getPath().isEmpty())
                    || url.getQuery() != null
                    || url.getUserInfo() != null) {
                throw new URISyntaxException(text, "form");
            }
            if (plain && !LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT))) {
                throw new ConfigException("public-url is '" + text
                        + "'; allowed is http only for localhost, 127.0.0.1 and [::1]: use https, with"
                        + " server.tls-keystore or a proxy that you name in server.trusted-proxies");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new ConfigException(
                    "public-url is '" + text + "'; allowed is scheme, host and port, e.g. https://sign.example.com");
        }
    }

    private static Path database(SettingValues values, Path data) {
        var url = values.optional("database-url");
        if (url.isEmpty()) {
            return data.resolve("countersign.db");
        }
        if (!url.get().startsWith("jdbc:sqlite:") || url.get().length() == "jdbc:sqlite:".length()) {
            throw new ConfigException("database-url has the value '" + url.get().replaceAll("//[^@/]*@", "//…@")
                    + "'; allowed is jdbc:sqlite: with the path of a file, or nothing for the file in the data folder");
        }
        return Path.of(url.get().substring("jdbc:sqlite:".length()));
    }

    private static HttpSettings http(SettingValues values, URI publicUrl, int port, Path home) {
        var host = values.text("server.host");
        var tls = tls(values, home);
        var proxies = values.list("server.trusted-proxies").stream()
                .filter(text -> !text.isBlank())
                .toList();
        if (!isLoopback(host) && tls.isEmpty() && proxies.isEmpty()) {
            throw new ConfigException("server.host is '" + host
                    + "', which others can reach, and there is no TLS; allowed is a loopback address, or set"
                    + " server.tls-keystore, or name the proxy that ends TLS in server.trusted-proxies");
        }
        return new HttpSettings(
                publicUrl,
                host,
                port,
                values.integer("server.max-body-bytes", 16 * 1024, 64 * 1024 * 1024),
                Set.copyOf(nonBlank(values.list("server.other-hosts"))),
                Set.copyOf(nonBlank(values.list("mcp.origins"))),
                trusted(proxies),
                tls,
                Duration.ofSeconds(30));
    }

    private static List<String> nonBlank(List<String> texts) {
        return texts.stream().filter(text -> !text.isBlank()).toList();
    }

    private static TrustedProxies trusted(List<String> proxies) {
        try {
            return TrustedProxies.of(proxies);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("server.trusted-proxies: " + e.getMessage());
        }
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("server.host is '" + host
                    + "'; allowed is an IP address of this machine, e.g. 127.0.0.1 or 0.0.0.0");
        }
    }

    private static Optional<HttpSettings.Tls> tls(SettingValues values, Path home) {
        var keystore = values.optional("server.tls-keystore");
        var password = values.optional("server.tls-password");
        if (keystore.isPresent() != password.isPresent()) {
            throw new ConfigException("server.tls-keystore and server.tls-password belong together; "
                    + (keystore.isPresent() ? "server.tls-password" : "server.tls-keystore") + " is not set");
        }
        var file = keystore.map(home::resolve);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw new ConfigException("server.tls-keystore is '" + file.get() + "', which cannot be read");
        }
        return file.map(path -> new HttpSettings.Tls(path, password.orElseThrow()));
    }

    private static Map<String, ConnectorConfig> connectors(SettingValues values) {
        var byId = new TreeMap<String, Map<String, String>>();
        for (var key : values.keys()) {
            var parts = key.split("\\.", 3);
            if (parts.length == 3 && parts[0].equals("connectors")) {
                values.optional(key)
                        .ifPresent(value -> byId.computeIfAbsent(parts[1], id -> new LinkedHashMap<>())
                                .put(parts[2], value));
            }
        }
        var connectors = new LinkedHashMap<String, ConnectorConfig>();
        byId.forEach((id, settings) -> connectors.put(id, connector(id, settings)));
        return connectors;
    }

    private static ConnectorConfig connector(String id, Map<String, String> settings) {
        var other = new LinkedHashMap<>(settings);
        var enabled = Optional.ofNullable(other.remove("enabled")).orElse("true");
        if (!Set.of("true", "false", "auto").contains(enabled)) {
            throw new ConfigException(
                    "connectors.%s.enabled is '%s'; allowed are true, false, auto".formatted(id, enabled));
        }
        var clientId = Optional.ofNullable(other.remove("client-id"));
        var clientSecret = Optional.ofNullable(other.remove("client-secret"));
        if (clientId.isPresent() != clientSecret.isPresent()) {
            throw new ConfigException(
                    "connectors.%1$s.client-id and connectors.%1$s.client-secret belong together; one is not set"
                            .formatted(id));
        }
        return new ConnectorConfig(enabled, clientId, clientSecret, other);
    }

    private static Map<String, String> said(SettingValues values) {
        var said = new LinkedHashMap<String, String>();
        for (var key : values.keys()) {
            boolean secret = key.endsWith("secret") || key.endsWith("password");
            var value = String.join(", ", values.list(key));
            said.put(key, secret ? (value.isBlank() ? "not set" : "set") : value);
        }
        return said;
    }
}
