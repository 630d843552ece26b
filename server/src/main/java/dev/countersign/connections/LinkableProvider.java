package dev.countersign.connections;

import dev.countersign.connector.Connector;
import dev.countersign.connector.PasswordSignIn;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Revocation;
import dev.countersign.connector.Tool;
import dev.countersign.hosts.Reach;
import dev.countersign.hosts.ServerAddress;
import dev.countersign.oauth.Scope;
import dev.countersign.vault.Secret;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A connector that people can link: set up with a client, embedded, or for accounts with a password. */
public record LinkableProvider(Connector connector, Way way) {
    /** How its accounts are linked. */
    public sealed interface Way {
        /** Our scopes that an account may have. */
        Set<String> scopes();
    }

    /**
     * By consent at the provider, as its client.
     *
     * @param reach which of the provider's hosts may be connected to where it has servers that are signed in to directly
     */
    public record OAuth(Provider provider, String clientId, Secret clientSecret, Reach reach) implements Way {
        @Override
        public Set<String> scopes() {
            return provider.scopes().keySet();
        }

        /** Whether its accounts have servers that are signed in to directly. */
        boolean hasServers() {
            return provider.apis().keySet().stream().anyMatch(ServerAddress::names);
        }
    }

    /** By a password that is given on our own page. */
    public record Password(PasswordSignIn signIn, Reach reach) implements Way {
        @Override
        public Set<String> scopes() {
            return signIn.scopes().values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
        }

        /** Those of the scopes that an account with these servers can have. */
        Set<String> given(Set<String> servers, Set<String> asked) {
            var all = signIn.scopes();
            return scopes().stream()
                    .filter(asked::contains)
                    .filter(scope -> all.keySet().stream()
                            .filter(server ->
                                    all.getOrDefault(server, List.of()).contains(scope))
                            .allMatch(servers::contains))
                    .collect(Collectors.toUnmodifiableSet());
        }

        /** Whether one of these scopes needs the server. */
        public boolean needs(String server, Set<String> scopes) {
            return signIn.scopes().getOrDefault(server, List.of()).stream().anyMatch(scopes::contains);
        }
    }

    public LinkableProvider(Connector connector, Provider provider, String clientId, Secret clientSecret) {
        this(connector, provider, clientId, clientSecret, false);
    }

    /** @param plainLoopback whether servers on this machine may be connected to without TLS */
    public LinkableProvider(
            Connector connector, Provider provider, String clientId, Secret clientSecret, boolean plainLoopback) {
        this(connector, new OAuth(provider, clientId, clientSecret, Reach.anywhere(plainLoopback)));
    }

    public String id() {
        return connector.id();
    }

    public String name() {
        return connector.name();
    }

    /** Fails with {@link IllegalStateException} for accounts with a password. */
    public OAuth oauth() {
        return way instanceof OAuth oauth ? oauth : wrong();
    }

    /** How accounts with a password are signed in to; empty where consent is given at the provider. */
    public Optional<Password> password() {
        return way instanceof Password password ? Optional.of(password) : Optional.empty();
    }

    private OAuth wrong() {
        throw new IllegalStateException(id() + " is linked with a password");
    }

    /** How it is asked to end what a person allowed; not at all for a password. */
    Optional<Revocation> revocation() {
        return switch (way) {
            case OAuth oauth -> oauth.provider().revoke();
            case Password ignored -> Optional.empty();
        };
    }

    /** Where the person ends it with their own hand, if that is known. */
    public Optional<URI> page() {
        return revocation().flatMap(revocation -> switch (revocation) {
            case Revocation.OfToken ignored -> Optional.empty();
            case Revocation.OfGrant grant -> Optional.of(grant.page());
        });
    }

    /** Why an account whose access was refused does not work, and what to do. */
    String refusal() {
        return switch (way) {
            case OAuth ignored -> name() + " does not accept this account any more. Link it again.";
            case Password ignored ->
                "The account's host does not take the password any more. Give a new one on the Connections page.";
        };
    }

    /** Our scopes that this provider can give, in the order in which people are asked. */
    public List<String> scopes() {
        return way.scopes().stream().sorted(Scope.ORDER).toList();
    }

    /** The scopes that its connector declares. */
    List<Scope> declared() {
        return connector.scopes().stream()
                .map(scope -> new Scope(scope.id(), scope.words()))
                .toList();
    }

    /** Whether an account here could serve the tool, given the scopes. */
    boolean offers(Tool<?, ?> tool) {
        var able = tool.service()
                .map(type -> connector.services().containsKey(type))
                .orElseGet(() ->
                        connector.tools().stream().anyMatch(own -> own.name().equals(tool.name())));
        return able && way.scopes().containsAll(needed(tool));
    }

    /** The scopes that an account needs for the tool. {@code search} is a right at Countersign, which no provider gives. */
    static Set<String> needed(Tool<?, ?> tool) {
        if (!tool.scopes().contains(Scope.SEARCH.value())) {
            return Set.copyOf(tool.scopes());
        }
        return tool.scopes().stream()
                .filter(scope -> !scope.equals(Scope.SEARCH.value()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the provider is asked for these scopes of ours. */
    Set<String> providerScopes(Set<String> ours) {
        var asked = new LinkedHashSet<>(oauth().provider().identityScopes());
        scopes().stream()
                .filter(ours::contains)
                .forEach(scope -> asked.addAll(oauth().provider().scopes().getOrDefault(scope, List.of())));
        return asked;
    }

    /** Our scopes that these of the provider's amount to; with a password, they are ours already. */
    Set<String> ourScopes(Set<String> granted) {
        return scopes().stream()
                .filter(scope -> switch (way) {
                    case OAuth oauth ->
                        granted.containsAll(oauth.provider().scopes().getOrDefault(scope, List.of()));
                    case Password ignored -> granted.contains(scope);
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names the connector only. */
    @Override
    public String toString() {
        return "LinkableProvider(" + id() + ")";
    }
}
