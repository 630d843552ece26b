package dev.countersign.connections;

import dev.countersign.connector.Connector;
import dev.countersign.connector.Provider;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Scope;
import dev.countersign.vault.Secret;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A connector that people can link: set up with a client, or embedded. */
public record LinkableProvider(Connector connector, Provider provider, String clientId, Secret clientSecret) {
    public String id() {
        return connector.id();
    }

    public String name() {
        return connector.name();
    }

    /** Our scopes that this provider can give, in the order in which people are asked. */
    public List<String> scopes() {
        return provider.scopes().keySet().stream().sorted(Scope.ORDER).toList();
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
        return able && provider.scopes().keySet().containsAll(needed(tool));
    }

    /** The scopes that an account needs for the tool. {@code search} is a right at Countersign, which no provider gives. */
    static Set<String> needed(Tool<?, ?> tool) {
        return tool.scopes().stream()
                .filter(scope -> !scope.equals(Scope.SEARCH.value()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the provider is asked for these scopes of ours. */
    Set<String> providerScopes(Set<String> ours) {
        var asked = new LinkedHashSet<>(provider.identityScopes());
        scopes().stream()
                .filter(ours::contains)
                .forEach(scope -> asked.addAll(provider.scopes().getOrDefault(scope, List.of())));
        return asked;
    }

    /** Our scopes that these of the provider's amount to. */
    Set<String> ourScopes(Set<String> granted) {
        return scopes().stream()
                .filter(scope -> granted.containsAll(provider.scopes().getOrDefault(scope, List.of())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names the connector only. */
    @Override
    public String toString() {
        return "LinkableProvider(" + id() + ")";
    }
}
