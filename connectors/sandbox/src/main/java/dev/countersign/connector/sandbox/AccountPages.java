package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.People.Person;
import java.util.List;
import java.util.Optional;

/** What the pages about an account share: the person is signed in, and sees where they are. */
final class AccountPages {
    private final Browser browser;

    /** What stands on a page below the tabs. */
    @FunctionalInterface
    interface Content {
        Html of(Person person, Incoming request);
    }

    AccountPages(Browser browser) {
        this.browser = browser;
    }

    /** @param title the tab's name, where the page is one */
    Route page(String path, String title, Content content) {
        return Route.get(path, Pages.forPeople(request -> {
            var person = browser.person(request);
            if (person.isEmpty()) {
                return Answer.seeOther(SignInPages.address("/", Optional.empty()));
            }
            return browser.page(request, token -> {
                var main = Html.of("{}{}", tabs(title), content.of(person.get(), request));
                return Pages.answer(200, Pages.frame(title, person, token, main), List.of());
            });
        }));
    }

    private static Html tabs(String current) {
        return Html.of(
                "<nav aria-label=\"Account\">{}{}{}{}</nav>",
                tab("/", "Inbox", current),
                tab("/sent", "Sent", current),
                tab("/calendar", "Calendar", current),
                tab("/files", "Files", current));
    }

    private static Html tab(String address, String name, String current) {
        return name.equals(current)
                ? Html.of("<a href=\"{}\" aria-current=\"page\">{}</a>", address, name)
                : Html.of("<a href=\"{}\">{}</a>", address, name);
    }
}
