package dev.countersign.console;

import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import dev.countersign.oauth.ConsentPage;
import dev.countersign.oauth.ConsentQuestion;
import dev.countersign.oauth.Scope;
import java.util.List;

/** Asks whether a client may act for the person. Both answers weigh the same, and nothing is chosen beforehand but the scopes. */
public final class ConsentPages implements ConsentPage {
    private final Shell shell;

    ConsentPages(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Response ask(Request request, BrowserSession session, ConsentQuestion question) {
        var view = new ConsentView(
                question.requestId(),
                question.clientName(),
                Shell.initial(question.clientName()),
                question.clientHost(),
                question.redirectHost(),
                request.pathAndQuery(),
                question.scopes().stream()
                        .map(scope -> ask(scope, question.alreadyGranted().contains(scope)))
                        .toList(),
                question.warnings().isEmpty()
                        ? List.of()
                        : List.of(Notice.warn("Take care", String.join(" ", question.warnings()))));
        var page = shell.asked(200, session, "Let " + question.clientName() + " act for you?", "consent", view)
                // an app may have opened this in a window of its own and waits there for the answer
                .with("Cross-Origin-Opener-Policy", "unsafe-none");
        return ContentSecurityPolicy.formsMayLeadTo(page, question.formAction());
    }

    private static ConsentView.Ask ask(Scope scope, boolean held) {
        return new ConsentView.Ask(scope.value(), scope.words(), icon(scope), scope.equals(Scope.MAIL_SEND), held);
    }

    static Icon icon(Scope scope) {
        return switch (scope.value().split(":", 2)[0]) {
            case "calendar" -> Icon.CALENDAR;
            case "mail" -> Icon.MAIL;
            case "contacts" -> Icon.PEOPLE;
            case "files" -> Icon.FILES;
            case "search" -> Icon.SEARCH;
            default -> Icon.LINK;
        };
    }
}
