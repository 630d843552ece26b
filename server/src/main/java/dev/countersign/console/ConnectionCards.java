package dev.countersign.console;

import dev.countersign.connections.LinkAddress;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connections.LinkedAccount.State;
import dev.countersign.console.ConnectionViews.All;
import dev.countersign.console.ConnectionViews.Card;
import dev.countersign.console.ConnectionViews.Choice;
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

    /** @param renaming the new name that was not taken */
    All all(List<Notice> notices, List<LinkedAccount> accounts, ConnectionAsk ask, Optional<Renaming> renaming) {
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
        var refusal = renaming.map(Renaming::refusal).orElse(Refusal.NONE);
        var cards = accounts.stream()
                .map(account -> card(account, typed(account, renaming)))
                .toList();
        return new All(notices, refusal, cards, offers, frozen);
    }

    private static String typed(LinkedAccount account, Optional<Renaming> renaming) {
        return renaming.filter(refused -> refused.account().equals(account.id()))
                .map(Renaming::typed)
                .orElse(account.label());
    }

    /** A name for an account that was not taken. */
    record Renaming(String account, String typed, String sentence) {
        Refusal refusal() {
            return Refusal.at("label-" + account, "Not renamed", sentence);
        }
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
            Refusal refusal,
            String here) {
        var asked = ask.scopesOf(linkable);
        return new Connect(
                linkable.id(),
                linkable.name(),
                Shell.initial(linkable.name()),
                toolTitle.map(title ->
                        "“" + title + "” needs it. " + linkable.name() + " will ask you to sign in and to agree."),
                scopes.of(asked.isEmpty() ? linkable.scopes() : asked).stream()
                        .map(scope -> new Choice(permission(scope), refusal.none()))
                        .toList(),
                linkable.oauth().provider().authorize().getRawAuthority(),
                label,
                refusal,
                here,
                ask.carried());
    }

    static Permission permission(Scope scope) {
        return new Permission(scope.value(), scope.words(), ConsentPages.icon(scope));
    }

    private Card card(LinkedAccount account, String typed) {
        return new Card(
                account.id(),
                account.connectorName(),
                Shell.initial(account.connectorName()),
                account.label(),
                typed,
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
