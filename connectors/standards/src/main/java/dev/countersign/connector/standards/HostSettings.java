package dev.countersign.connector.standards;

import dev.countersign.connector.Provider;
import dev.countersign.connector.Provider.Refresh;
import dev.countersign.connector.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what is configured of a host and its authorization server. Every mistake is an {@link IllegalArgumentException}. */
final class HostSettings {
    /** The last part of the address at which the account's own address is asked for. */
    static final String USER_INFO = "userinfo";

    private static final Map<String, Set<String>> SCHEMES = Map.of(
            Imap.SERVER, Set.of("imaps", "imap"),
            Submission.SERVER, Set.of("smtps", "smtp"),
            CalendarFolders.SERVER, Set.of("https", "http"),
            StandardsContacts.SERVER, Set.of("https", "http"));

    private final Settings settings;

    private HostSettings(Settings settings) {
        this.settings = settings;
    }

    static Provider provider(Settings settings) {
        var read = new HostSettings(settings);
        var provider = Provider.oauth2(read.url("authorize-url"), read.url("token-url"), read.userInfo())
                .withRefresh(read.refresh())
                .withAuthorizeParameters(read.parameters())
                .withIdentityScopes(read.words("identity-scopes"));
        if (settings.get("revoke-url").isPresent()) {
            provider = provider.withRevocation(read.url("revoke-url"));
        }
        if (settings.get("issuer").isPresent()) {
            provider = provider.withIssuer(settings.required("issuer"));
        }
        return read.withServers(provider);
    }

    private Provider withServers(Provider start) {
        var provider = start;
        for (var name : SCHEMES.keySet()) {
            if (settings.get(name).isPresent()) {
                provider = provider.withApi(name, server(name));
            }
        }
        if (has(CalendarFolders.SERVER)) {
            var scopes = words("caldav-scope");
            provider = provider.withScope("calendar:read", scopes).withScope("calendar:write", scopes);
        }
        if (has(StandardsContacts.SERVER)) {
            provider = provider.withScope("contacts:read", words("carddav-scope"));
        }
        if (has(Imap.SERVER)) {
            provider =
                    provider.withScope("mail:read", words("imap-scope")).withScope("mail:write", words("imap-scope"));
        }
        // what is sent is noted in the mailbox first
        if (has(Imap.SERVER) && has(Submission.SERVER)) {
            provider = provider.withScope(
                    "mail:send",
                    Stream.of("imap-scope", "smtp-scope")
                            .flatMap(key -> Arrays.stream(words(key)))
                            .distinct()
                            .toArray(String[]::new));
        }
        if (provider.scopes().isEmpty()) {
            throw new IllegalArgumentException("no server is set: set imap and smtp, caldav or carddav");
        }
        return provider;
    }

    private boolean has(String server) {
        return settings.get(server).isPresent();
    }

    private URI server(String name) {
        var address = address(name);
        var schemes = SCHEMES.getOrDefault(name, Set.of());
        if (!schemes.contains(String.valueOf(address.getScheme()))) {
            throw wrong(
                    name,
                    "an address that begins with "
                            + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        }
        var path = String.valueOf(address.getRawPath());
        return path.endsWith("/") ? address : URI.create(address + "/");
    }

    private URI userInfo() {
        var url = url("userinfo-url");
        if (!url.getRawPath().endsWith("/" + USER_INFO)) {
            throw wrong("userinfo-url", "an address that ends with /" + USER_INFO);
        }
        return url.resolve(".");
    }

    /** Of an endpoint. Plain HTTP is for this machine alone. */
    private URI url(String key) {
        var address = address(key);
        boolean here = Set.of("localhost", "127.0.0.1", "[::1]").contains(address.getHost());
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && here)) {
            throw wrong(key, "an address that begins with https://");
        }
        return address;
    }

    private URI address(String key) {
        try {
            var address = new URI(settings.required(key));
            if (address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw wrong(key, "an address with a host, and without user, query and fragment");
    }

    private static IllegalArgumentException wrong(String key, String needed) {
        return new IllegalArgumentException("setting '" + key + "' must be " + needed);
    }

    private Refresh refresh() {
        var name = settings.get("refresh").orElse("rotating");
        return Arrays.stream(Refresh.values())
                .filter(one ->
                        one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("refresh", "stable, rotating or single-use"));
    }

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (var word : words("authorize-parameters")) {
            var at = word.indexOf('=');
            if (at < 1) {
                throw wrong("authorize-parameters", "words like access_type=offline");
            }
            parameters.put(word.substring(0, at), word.substring(at + 1));
        }
        return parameters;
    }

    private String[] words(String key) {
        return settings.get(key).stream()
                .flatMap(text -> Arrays.stream(text.split("[\\s,]+")))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
