package dev.countersign.console;

import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.http.Request;
import dev.countersign.oauth.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says on the list of accounts what has just happened. Only fixed words and the person's own names are shown. */
final class ConnectionNotices {
    private static final String BACK = "You can go back to your app.";

    private final List<LinkedAccount> accounts;
    private final List<LinkableProvider> providers;
    private final Scopes scopes;

    ConnectionNotices(List<LinkedAccount> accounts, List<LinkableProvider> providers, Scopes scopes) {
        this.accounts = accounts;
        this.providers = providers;
        this.scopes = scopes;
    }

    List<Notice> of(Request request) {
        var notices = new ArrayList<Notice>();
        var app = request.query("app").isPresent();
        account(request, "linked").ifPresent(account -> {
            notices.add(linked(account, app));
            missing(request, account).ifPresent(notices::add);
            account(request, "instead").ifPresent(other -> notices.add(instead(account, other)));
        });
        provider(request, "declined").ifPresent(linkable -> notices.add(declined(linkable.name(), app)));
        provider(request, "disconnected").ifPresent(linkable -> notices.add(disconnected(linkable, request)));
        if (request.query("renamed").isPresent()) {
            notices.add(Notice.good("Renamed", "Assistants can use the new name."));
        }
        if (request.query("unfrozen").isPresent()) {
            notices.add(Notice.good("Your accounts can be used again", ""));
        }
        return notices;
    }

    private static Notice linked(LinkedAccount account, boolean app) {
        return Notice.good(account.label() + " is linked", app ? BACK : "Assistants that you allowed can use it now.");
    }

    private Optional<Notice> missing(Request request, LinkedAccount account) {
        var words = request.query("missing").stream()
                .flatMap(joined -> List.of(joined.split(" ")).stream())
                .filter(scope -> !account.scopes().contains(scope))
                .flatMap(scope -> scopes.of(scope).stream())
                .map(scope -> "“" + scope.words() + "”")
                .collect(Collectors.joining(", "));
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(Notice.warn(
                        "Not all was allowed",
                        password(account)
                                ? "No server was given for: " + words + ". What needs it will ask you for one."
                                : account.connectorName() + " did not give: " + words
                                        + ". What needs it will ask you to link the account again."));
    }

    private boolean password(LinkedAccount account) {
        return providers.stream()
                .filter(linkable -> linkable.id().equals(account.connector()))
                .anyMatch(linkable -> linkable.password().isPresent());
    }

    private static Notice instead(LinkedAccount account, LinkedAccount other) {
        return Notice.warn(
                "This is another account",
                "You linked " + account.address() + ", not " + other.address() + ". The account “" + other.label()
                        + "” is as it was.");
    }

    private static Notice declined(String provider, boolean app) {
        return Notice.note(
                "Nothing was linked",
                "You said no at " + provider + ". You can link an account at any time." + (app ? " " + BACK : ""));
    }

    private static Notice disconnected(LinkableProvider linkable, Request request) {
        var provider = linkable.name();
        var byHand = "remove Countersign in your account there"
                + linkable.page().map(page -> ", at " + page).orElse("") + ".";
        return switch (request.query("provider").orElse("")) {
            case "confirmed" ->
                Notice.good("Disconnected", provider + " confirmed that the keys to the account have ended.");
            case "not_confirmed" ->
                Notice.warn(
                        "Disconnected here",
                        "The keys are erased here, but " + provider
                                + " did not confirm that they have ended. It is asked again for a day. To be sure, "
                                + byHand);
            case "refused" ->
                Notice.warn(
                        "Disconnected here",
                        "The keys are erased here, but " + provider
                                + " did not take the key with which we asked it to end what you allowed there. It may"
                                + " stand still: " + byHand);
            case "password" ->
                Notice.good(
                        "Disconnected",
                        "The password is erased here. If it was an app password, delete it in your account at its host,"
                                + " too.");
            default ->
                Notice.note(
                        "Disconnected here",
                        "The keys are erased here. " + provider + " has no way for us to end them: " + byHand);
        };
    }

    private Optional<LinkedAccount> account(Request request, String parameter) {
        return request.query(parameter)
                .flatMap(id -> accounts.stream()
                        .filter(account -> account.id().equals(id))
                        .findFirst());
    }

    private Optional<LinkableProvider> provider(Request request, String parameter) {
        return request.query(parameter)
                .flatMap(id -> providers.stream()
                        .filter(linkable -> linkable.id().equals(id))
                        .findFirst());
    }
}
