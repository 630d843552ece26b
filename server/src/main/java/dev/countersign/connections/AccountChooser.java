package dev.countersign.connections;

import dev.countersign.connections.AccountChoice.Chosen;
import dev.countersign.connections.AccountChoice.ToLink;
import dev.countersign.connections.AccountChoice.Unclear;
import dev.countersign.connections.LinkedAccount.State;
import dev.countersign.connector.Tool;
import dev.countersign.oauth.Scope;
import dev.countersign.oauth.Scopes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Chooses the accounts of one call. It never guesses: where several would do, it says which there are. */
final class AccountChooser {
    private final List<LinkableProvider> providers;
    private final Scopes scopes;
    private final String publicUrl;
    private final Tool<?, ?> tool;
    private final List<LinkedAccount> all;

    AccountChooser(
            List<LinkableProvider> providers,
            Scopes scopes,
            String publicUrl,
            Tool<?, ?> tool,
            List<LinkedAccount> all) {
        this.providers = providers;
        this.scopes = scopes;
        this.publicUrl = publicUrl;
        this.tool = tool;
        this.all = all;
    }

    AccountChoice choose(List<String> named) {
        return switch (tool.accounts()) {
            case NONE -> new Chosen(List.of());
            case ONE -> named.isEmpty() ? theOnly() : theNamed(named);
            case EVERY -> named.isEmpty() ? every() : theNamed(named);
        };
    }

    private AccountChoice theOnly() {
        if (all.size() == 1 && offers(all.getFirst())) {
            return one(all.getFirst());
        }
        var offering = offering();
        var ready = offering.stream().filter(this::holdsScopes).toList();
        var able = ready.isEmpty() ? offering : ready;
        return switch (able.size()) {
            case 0 -> nothingLinked();
            case 1 -> one(able.getFirst());
            default ->
                new Unclear("Several accounts can serve " + tool.name() + ": " + listed(able)
                        + ". Call it again with account, as the person wants it.");
        };
    }

    private AccountChoice theNamed(List<String> named) {
        var chosen = new LinkedHashSet<LinkedAccount>();
        for (var name : named) {
            var found = all.stream().filter(account -> called(account, name)).toList();
            if (found.size() != 1) {
                return found.isEmpty() ? unknown(name) : ambiguous(name, found);
            }
            if (!offers(found.getFirst())) {
                return new Unclear("The account " + quoted(found.getFirst()) + " at "
                        + found.getFirst().connectorName() + " cannot serve " + tool.name() + ". " + others());
            }
            chosen.add(found.getFirst());
        }
        var lacking = chosen.stream()
                .filter(account -> account.state() == State.ACTIVE && !holdsScopes(account))
                .findFirst();
        return lacking.isPresent() ? lacksScopes(lacking.get()) : several(List.copyOf(chosen));
    }

    private AccountChoice every() {
        var offering = offering();
        if (offering.isEmpty()) {
            return nothingLinked();
        }
        var ready = offering.stream().filter(this::holdsScopes).toList();
        return several(ready.isEmpty() ? offering : ready);
    }

    /** As long as one works, those in trouble are in: the tool says what each account's trouble is. */
    private AccountChoice several(List<LinkedAccount> accounts) {
        return accounts.stream().anyMatch(account -> one(account) instanceof Chosen)
                ? new Chosen(accounts)
                : one(accounts.getFirst());
    }

    private AccountChoice one(LinkedAccount account) {
        return switch (account.state()) {
            case FROZEN ->
                new ToLink(
                        List.of(),
                        Set.of(),
                        "The account " + quoted(account) + " was stopped to be safe. Open " + publicUrl
                                + "/connections, and press “It was me” if it was you.");
            case NEEDS_CONSENT ->
                new ToLink(
                        List.of(account.connector()),
                        wanted(account),
                        "The account " + quoted(account) + " at " + account.connectorName()
                                + " must be linked again before " + tool.name() + " can use it.");
            case ACTIVE -> holdsScopes(account) ? new Chosen(List.of(account)) : lacksScopes(account);
        };
    }

    private ToLink lacksScopes(LinkedAccount account) {
        var missing = new TreeSet<>(LinkableProvider.needed(tool));
        missing.removeAll(Scope.implied(account.scopes()));
        var words = missing.stream().map(scopes::words).collect(Collectors.joining("”, “", "“", "”"));
        return new ToLink(
                List.of(account.connector()),
                wanted(account),
                "The account " + quoted(account) + " was linked without " + words + ", which " + tool.name()
                        + " needs. Link it again to allow it.");
    }

    private AccountChoice nothingLinked() {
        var able = providers.stream().filter(provider -> provider.offers(tool)).toList();
        if (able.isEmpty()) {
            return new ToLink(
                    List.of(), Set.of(), "No provider that serves " + tool.name() + " is set up on this server.");
        }
        var names = able.stream().map(LinkableProvider::name).collect(Collectors.joining(" or "));
        return new ToLink(
                able.stream().map(LinkableProvider::id).toList(),
                LinkableProvider.needed(tool),
                "No account that can serve " + tool.name() + " is linked yet. Link one at " + names + ".");
    }

    private Unclear unknown(String name) {
        return new Unclear("There is no account “" + bounded(name) + "”. " + others());
    }

    private Unclear ambiguous(String name, List<LinkedAccount> found) {
        return new Unclear("Several accounts are called “" + bounded(name) + "”: " + listed(found)
                + ". Give one by its id: "
                + found.stream().map(LinkedAccount::id).collect(Collectors.joining(", ")) + ".");
    }

    private String others() {
        var offering = offering();
        return offering.isEmpty()
                ? "No linked account can serve " + tool.name() + "."
                : "Accounts that can serve " + tool.name() + ": " + listed(offering) + ".";
    }

    private List<LinkedAccount> offering() {
        return all.stream().filter(this::offers).toList();
    }

    private boolean offers(LinkedAccount account) {
        for (var provider : providers) {
            if (provider.id().equals(account.connector())) {
                return provider.offers(tool);
            }
        }
        return false;
    }

    private boolean holdsScopes(LinkedAccount account) {
        return Scope.covers(account.scopes(), LinkableProvider.needed(tool));
    }

    /** What is held stays in, so that consent given again never narrows. */
    private Set<String> wanted(LinkedAccount account) {
        var wanted = new ArrayList<>(account.scopes());
        wanted.addAll(LinkableProvider.needed(tool));
        return Set.copyOf(wanted);
    }

    private static boolean called(LinkedAccount account, String name) {
        var asked = name.strip();
        return account.id().equals(asked)
                || account.label().equalsIgnoreCase(asked)
                || account.address().equalsIgnoreCase(asked);
    }

    private static String listed(List<LinkedAccount> accounts) {
        return accounts.stream()
                .map(account -> quoted(account)
                        + (account.label().equals(account.address()) ? "" : " (" + account.address() + ")")
                        + (account.state() == State.ACTIVE ? "" : " (does not work now)"))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(LinkedAccount account) {
        return "“" + account.label() + "”";
    }

    private static String bounded(String name) {
        return name.length() <= 80 ? name : name.substring(0, 80) + "…";
    }
}
