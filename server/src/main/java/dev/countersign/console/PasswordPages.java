package dev.countersign.console;

import dev.countersign.connections.Connections;
import dev.countersign.connections.LinkOutcome;
import dev.countersign.connections.LinkableProvider;
import dev.countersign.connections.LinkedAccount;
import dev.countersign.connections.PasswordLinking;
import dev.countersign.connections.PasswordOutcome;
import dev.countersign.console.Refusal.Problem;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import java.net.URI;
import java.util.List;
import java.util.Map;
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

    /** Who links what, and why. */
    private record Asked(
            BrowserSession session, LinkableProvider linkable, Optional<LinkedAccount> account, ConnectionAsk ask) {}

    /** An account that is there already needs no address. */
    Response ask(Request request, BrowserSession session, LinkableProvider linkable) {
        var ask = ConnectionAsk.of(request.query());
        var account = account(session, linkable, ask).or(() -> theOneInNeed(session, linkable, ask));
        var asked = new Asked(session, linkable, account, ask.about(account.map(LinkedAccount::id)));
        if (account.isPresent()) {
            var kept = linking.kept(account.get()).orElseThrow();
            return password(200, asked, PasswordEntry.again(account.get(), kept, asked.ask()), List.of(), Refusal.NONE);
        }
        return address(200, asked, "", Refusal.NONE);
    }

    Response take(Request request, BrowserSession session, LinkableProvider linkable) {
        var ask = ConnectionAsk.of(request.form());
        var asked = new Asked(session, linkable, account(session, linkable, ask), ask);
        var address = asked.account()
                .map(LinkedAccount::address)
                .or(() -> request.form("address").map(String::strip))
                .orElse("");
        if (!PasswordEntry.isAddress(address)) {
            var sentence = "Write the mail address in full, for example alice@example.com.";
            return address(422, asked, address, Refusal.at("address", "That is no mail address", sentence));
        }
        return request.form("password").isEmpty()
                ? found(asked, address)
                : link(asked, PasswordEntry.of(request, linkable, address));
    }

    private Response found(Asked asked, String address) {
        Map<String, URI> servers;
        try {
            servers = linking.discover(asked.session().person().id(), asked.linkable(), address);
        } catch (HttpException e) {
            return address(e.status(), asked, address, Failures.later(e));
        }
        var notice = servers.isEmpty()
                ? Notice.note(
                        "No servers were found",
                        "Your mail host's help pages have them, often under “IMAP” or “set up a mail program”.")
                : Notice.note(
                        "Check where the password will go", "These servers were looked up by the address's domain.");
        var entry = PasswordEntry.fresh(address, servers, asked.linkable(), asked.ask());
        return password(200, asked, entry, List.of(notice), Refusal.NONE);
    }

    private Response link(Asked asked, PasswordEntry entry) {
        var problems = entry.problems(asked.linkable());
        if (!problems.isEmpty()) {
            return notLinked(asked, entry, problems);
        }
        try {
            return switch (linking.link(asked.session().person().id(), entry.wish(asked.linkable()))) {
                case PasswordOutcome.Linked linked ->
                    Response.seeOther(ConnectionPages.afterwards(new LinkOutcome.Linked(
                            linked.account(), linked.missing(), Optional.empty(), ConnectionPages.back(asked.ask()))));
                case PasswordOutcome.NotIn notIn -> notLinked(asked, entry, PasswordEntry.problems(notIn.obstacles()));
            };
        } catch (HttpException e) {
            return password(e.status(), asked, entry, List.of(), Failures.later(e));
        }
    }

    private Response notLinked(Asked asked, PasswordEntry entry, List<Problem> problems) {
        return password(422, asked, entry, List.of(), new Refusal("Not linked", problems));
    }

    private Response address(int status, Asked asked, String address, Refusal refusal) {
        var linkable = asked.linkable();
        var view = new ConnectionViews.AddressForm(
                linkable.id(),
                linkable.name(),
                Shell.initial(linkable.name()),
                asked.ask().tool().map(toolTitle).map(title -> "“" + title + "” needs it."),
                address,
                refusal,
                "/connect/" + linkable.id(),
                asked.ask().carriedWithScopes());
        return page(status, asked, "Link an account: " + linkable.name(), "address", view);
    }

    private Response password(int status, Asked asked, PasswordEntry entry, List<Notice> notices, Refusal refusal) {
        var linkable = asked.linkable();
        var again = asked.account().isPresent();
        var offered = connections.scopes().of(linkable.scopes());
        var view = entry.view(linkable, offered, again, asked.ask(), notices, refusal);
        var title = (again ? "New password for " : "Password for ") + entry.address();
        return page(status, asked, title, "password", view);
    }

    private Response page(int status, Asked asked, String title, String template, Record view) {
        return shell.asked(status, asked.session(), title, template, view)
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
