package dev.countersign.console;

import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkOutcome;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connections.PasswordLinking;
import dev.countersign.connections.PasswordOutcome;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The way to an account with a password: its address, then its servers and the password, which is never shown again. */
final class PasswordPages {
    private final Shell shell;
    private final Connections connections;
    private final PasswordLinking linking;
    private final UnaryOperator<String> toolTitle;

    /** @param toolTitle a tool's title by its name */
    PasswordPages(Shell shell, Connections connections, UnaryOperator<String> toolTitle) {
        this.shell = shell;
        this.connections = connections;
        this.linking = new PasswordLinking(connections);
        this.toolTitle = toolTitle;
    }

    /** An account that is there already needs no address. */
    Response ask(Request request, BrowserSession session, LinkableProvider linkable) {
        var asked = ConnectionAsk.of(request.query());
        var account = account(session, linkable, asked).or(() -> theOneInNeed(session, linkable, asked));
        var ask = asked.about(account.map(LinkedAccount::id));
        if (account.isPresent()) {
            var form = PasswordEntry.again(
                    account.get(), linking.kept(account.get()).orElseThrow(), ask);
            return password(session, linkable, form, account, ask, List.of());
        }
        return address(session, linkable, "", ask, List.of());
    }

    Response take(Request request, BrowserSession session, LinkableProvider linkable) {
        var ask = ConnectionAsk.of(request.form());
        var account = account(session, linkable, ask);
        var address = account.map(LinkedAccount::address)
                .or(() -> request.form("address").map(String::strip))
                .orElse("");
        if (!PasswordEntry.isAddress(address)) {
            var wrong = Notice.bad("That is no mail address", "Write it in full, for example alice@example.com.");
            return address(session, linkable, address, ask, List.of(wrong));
        }
        return request.form("password").isEmpty()
                ? found(session, linkable, address, ask)
                : link(session, linkable, PasswordEntry.of(request, linkable, address), account, ask);
    }

    private Response found(BrowserSession session, LinkableProvider linkable, String address, ConnectionAsk ask) {
        var servers = linking.discover(session.person().id(), linkable, address);
        var notice = servers.isEmpty()
                ? Notice.note(
                        "No servers were found",
                        "Your mail host's help pages have them, often under “IMAP” or “set up a mail program”.")
                : Notice.note(
                        "Check where the password will go", "These servers were looked up by the address's domain.");
        var form = PasswordEntry.fresh(address, servers, linkable, ask);
        return password(session, linkable, form, Optional.empty(), ask, List.of(notice));
    }

    private Response link(
            BrowserSession session,
            LinkableProvider linkable,
            PasswordEntry entry,
            Optional<LinkedAccount> account,
            ConnectionAsk ask) {
        var problems = entry.problems(linkable);
        if (!problems.isEmpty()) {
            return password(session, linkable, entry, account, ask, problems);
        }
        return switch (linking.link(session.person().id(), entry.wish(linkable))) {
            case PasswordOutcome.Linked linked ->
                Response.seeOther(ConnectionPages.afterwards(new LinkOutcome.Linked(
                        linked.account(), linked.missing(), Optional.empty(), ConnectionPages.back(ask))));
            case PasswordOutcome.NotIn notIn ->
                password(
                        session,
                        linkable,
                        entry,
                        account,
                        ask,
                        notIn.sentences().stream()
                                .map(sentence -> Notice.bad("Not linked", sentence))
                                .toList());
        };
    }

    private Response address(
            BrowserSession session,
            LinkableProvider linkable,
            String address,
            ConnectionAsk ask,
            List<Notice> notices) {
        var view = new ConnectionViews.AddressForm(
                linkable.id(),
                linkable.name(),
                Shell.initial(linkable.name()),
                ask.tool().map(toolTitle).map(title -> "“" + title + "” needs it."),
                address,
                notices,
                "/connect/" + linkable.id(),
                ask.carriedWithScopes());
        return page(session, "Link an account: " + linkable.name(), "address", view);
    }

    private Response password(
            BrowserSession session,
            LinkableProvider linkable,
            PasswordEntry entry,
            Optional<LinkedAccount> account,
            ConnectionAsk ask,
            List<Notice> notices) {
        var view = entry.view(linkable, connections.scopes().of(linkable.scopes()), account.isPresent(), ask, notices);
        var title = (account.isPresent() ? "New password for " : "Password for ") + entry.address();
        return page(session, title, "password", view);
    }

    private Response page(BrowserSession session, String title, String template, Record view) {
        return shell.asked(session, title, template, view)
                // an app may have opened this in a window of its own and waits there for the answer
                .with("Cross-Origin-Opener-Policy", "unsafe-none");
    }

    /** A tool that cannot use an account names none: where just one waits for a new password, it is that one. */
    private Optional<LinkedAccount> theOneInNeed(BrowserSession session, LinkableProvider linkable, ConnectionAsk ask) {
        var waiting = connections.of(session.person().id()).stream()
                .filter(account -> account.connector().equals(linkable.id()))
                .filter(account -> account.state() == LinkedAccount.State.NEEDS_CONSENT)
                .toList();
        return ask.tool().isPresent() && waiting.size() == 1 ? Optional.of(waiting.getFirst()) : Optional.empty();
    }

    private Optional<LinkedAccount> account(BrowserSession session, LinkableProvider linkable, ConnectionAsk ask) {
        return ask.account()
                .flatMap(id -> connections.find(session.person().id(), id))
                .filter(account -> account.connector().equals(linkable.id()));
    }
}
