package dev.countersign.console;

import dev.countersign.connections.LinkableProvider;
import dev.countersign.console.ConnectionViews.Carried;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an address or a form asks to link for. Whoever made the address: nothing in it is shown as it stands.
 *
 * @param scopes ours; empty when all are meant
 * @param tool the tool that needs the account
 * @param account the account that is to be linked again
 * @param back where the person came from
 */
record ConnectionAsk(List<String> scopes, Optional<String> tool, Optional<String> account, Optional<String> back) {
    ConnectionAsk {
        scopes = List.copyOf(scopes);
    }

    static ConnectionAsk of(Map<String, List<String>> parameters) {
        var scopes = parameters.getOrDefault("scopes", List.of()).stream()
                .flatMap(words -> Arrays.stream(words.split(" ")))
                .toList();
        return new ConnectionAsk(
                scopes,
                first(parameters, "tool").filter(name -> name.matches("[a-z0-9_]{1,64}")),
                first(parameters, "account").filter(id -> id.matches("[a-z0-9]{1,64}")),
                first(parameters, "back").flatMap(LocalPath::of));
    }

    /** The same for this account. */
    ConnectionAsk about(Optional<String> id) {
        return new ConnectionAsk(scopes, tool, id, back);
    }

    /** Those that the provider can give. */
    List<String> scopesOf(LinkableProvider linkable) {
        return linkable.scopes().stream().filter(scopes::contains).toList();
    }

    List<Carried> carried() {
        var carried = new ArrayList<Carried>();
        tool.ifPresent(name -> carried.add(new Carried("tool", name)));
        account.ifPresent(id -> carried.add(new Carried("account", id)));
        back.ifPresent(path -> carried.add(new Carried("back", path)));
        return carried;
    }

    List<Carried> carriedWithScopes() {
        var carried = new ArrayList<>(carried());
        if (!scopes.isEmpty()) {
            carried.add(new Carried("scopes", String.join(" ", scopes)));
        }
        return carried;
    }

    private static Optional<String> first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}
