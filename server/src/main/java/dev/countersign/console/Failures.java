package dev.countersign.console;

import dev.countersign.http.ErrorPages;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.oauth.ErrorPage;
import java.util.Optional;

/** Says what went wrong and how to go on. Shows a number to ask by, never the cause. */
public final class Failures implements ErrorPages, ErrorPage {
    private static final EntryViews.Link HOME = new EntryViews.Link("Back to the start", "/");

    private static final String ONLY_FORMS =
            "This address only takes what a form here sends. Begin again at the start.";

    private final Shell shell;

    Failures(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Response page(int status, String sentence, String errorId) {
        var id = Optional.of(errorId).filter(given -> !given.isEmpty());
        return show(status, title(status), status == 405 ? ONLY_FORMS : sentence, id);
    }

    @Override
    public Response show(Request request, int status, String sentence) {
        return show(status, "This app cannot be let in", sentence, Optional.empty());
    }

    private Response show(int status, String title, String sentence, Optional<String> errorId) {
        var words = sentence.isBlank() ? "Go back and try again." : sentence;
        return shell.alone(status, title, "failure", new EntryViews.Failure(status, title, words, errorId, HOME));
    }

    /** What is not there and what is another person's answer alike. */
    static HttpException missing() {
        return new HttpException(404, "The address may be mistyped, or what it named is gone or is not yours.");
    }

    /** Why a form must wait, to be said on its page. What else was thrown is thrown on. */
    static Refusal later(HttpException e) {
        if (e.status() != 429 && e.status() != 503) {
            throw e;
        }
        return Refusal.whole(title(e.status()), String.valueOf(e.getMessage()));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "That did not work";
            case 401, 403 -> "This was not accepted";
            case 404 -> "Not found";
            case 405 -> "Nothing to open here";
            case 409 -> "It has changed meanwhile";
            case 413 -> "That is too much at once";
            case 421 -> "Wrong address";
            case 429 -> "Too many attempts";
            case 503 -> "Busy at the moment";
            default -> status < 500 ? "That did not work" : "Something went wrong";
        };
    }
}
