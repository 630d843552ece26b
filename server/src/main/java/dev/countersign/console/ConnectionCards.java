package dev.countersign.console;

import dev.countersign.connections.LinkAddress;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connections.LinkedAccount.State;
import dev.countersign.console.ConnectionViews.All;
import dev.countersign.console.ConnectionViews.Card;
import dev.countersign.console.ConnectionViews.Connect;
import dev.countersign.console.ConnectionViews.Offer;
import dev.countersign.console.ConnectionViews.Permission;
import dev.countersign.oauth.Scope;
import dev.countersign.oauth.Scopes;
import java.util.List;
import java.util.Optional;

/** Linked accounts and what can be linked, in the words of the pages. */
final class ConnectionCards {
    private final Times times;
    private final List<LinkableProvider> providers;
    private final Scopes scopes;

    ConnectionCards(Times times, List<LinkableProvider> providers, Scopes scopes) {
        this.times = times;
        this.providers = providers;
        this.scopes = scopes;
    }

    All all(List<Notice> notices, List<LinkedAccount> accounts, ConnectionAsk ask) {
        var offers = providers.stream()
                .map(linkable -> new Offer(
                        linkable.id(),
                        linkable.name(),
                        Shell.initial(linkable.name()),
                        accounts.stream()
                                .anyMatch(account -> account.connector().equals(linkable.id())),
                        ask.carriedWithScopes()))
                .toList();
        var frozen = accounts.stream().anyMatch(account -> account.state() == State.FROZEN);
        return new All(notices, accounts.stream().map(this::card).toList(), offers, frozen);
    }

    /**
     * @param toolTitle the title of the tool that needs the account
     * @param label what the person has typed already
     */
    Connect explain(
            LinkableProvider linkable,
            ConnectionAsk ask,
            Optional<String> toolTitle,
            String label,
            List<Notice> notices,
            String here) {
        var asked = ask.scopesOf(linkable);
        return new Connect(
                linkable.id(),
                linkable.name(),
                Shell.initial(linkable.name()),
                toolTitle.map(title ->
                        "“" + title + "” needs it. " + linkable.name() + " will ask you to sign in and to agree."),
                scopes.of(asked.isEmpty() ? linkable.scopes() : asked).stream()
                        .map(ConnectionCards::permission)
                        .toList(),
                linkable.oauth().provider().authorize().getRawAuthority(),
                label,
                notices,
                here,
                ask.carried());
    }

    static Permission permission(Scope scope) {
        return new Permission(scope.value(), scope.words(), ConsentPages.icon(scope));
    }

    private Card card(LinkedAccount account) {
        return new Card(
                account.id(),
                account.connectorName(),
                Shell.initial(account.connectorName()),
                account.label(),
                account.address(),
                scopes.of(account.scopes()).stream().map(Scope::words).toList(),
                badge(account.state()),
                account.trouble(),
                LinkAddress.again(account),
                password(account) ? "Give a new password" : "Link it again",
                password(account) && account.state() == State.ACTIVE
                        ? Optional.of(LinkAddress.anew(account))
                        : Optional.empty(),
                times.ago(account.linkedAt()),
                account.lastUsedAt().map(times::ago));
    }

    private boolean password(LinkedAccount account) {
        return providers.stream()
                .anyMatch(linkable -> linkable.id().equals(account.connector())
                        && linkable.password().isPresent());
    }

    private static Badge badge(State state) {
        return switch (state) {
            case ACTIVE -> new Badge("Working", Notice.Tone.GOOD);
            case NEEDS_CONSENT -> new Badge("Needs you", Notice.Tone.WARN);
            case FROZEN -> new Badge("Stopped", Notice.Tone.BAD);
        };
    }
}
