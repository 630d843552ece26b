package dev.countersign.console;

import dev.countersign.http.Response;
import dev.countersign.identity.BrowserSession;
import dev.countersign.identity.Person;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the frame around pages: who is signed in, where they can go and what waits. */
final class Shell {
    private final Templates templates = new Templates();
    private final Assets assets;
    private final ToIntFunction<String> waiting;
    private final Clock clock;

    /** @param waiting how many approvals wait for the person of this id */
    Shell(Assets assets, ToIntFunction<String> waiting, Clock clock) {
        this.assets = assets;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** Where a page belongs. */
    enum Place {
        APPROVALS("Approvals", "/approvals", Icon.APPROVALS),
        CONNECTIONS("Connections", "/connections", Icon.CONNECTIONS),
        ACTIVITY("Activity", "/activity", Icon.ACTIVITY),
        CLIENTS("Clients", "/clients", Icon.CLIENTS),
        SECURITY("Security", "/security", Icon.SECURITY),
        PEOPLE("People", "/admin", Icon.PEOPLE);

        private final String label;
        private final String href;
        private final Icon icon;

        Place(String label, String href, Icon icon) {
            this.label = label;
            this.href = href;
            this.icon = icon;
        }
    }

    /** A page for somebody who is not signed in. */
    Response alone(int status, String title, String template, Record view) {
        var frame = new Frame(titled(title, view), assets.folder(), Optional.empty(), List.of(), false);
        return templates.page(status, template, frame, view);
    }

    /** A page of its own for the signed-in person, without places to go: one question. */
    Response asked(int status, BrowserSession session, String title, String template, Record view) {
        return templates.page(status, template, frame(session, titled(title, view), List.of(), false), view);
    }

    /** A page among the others. */
    Response page(BrowserSession session, Place place, String title, String template, Record view) {
        return page(200, session, place, title, template, view);
    }

    Response page(int status, BrowserSession session, Place place, String title, String template, Record view) {
        var frame = frame(session, titled(title, view), tabs(session.person(), place), false);
        return templates.page(status, template, frame, view);
    }

    /** A page that is one decision: on phones without tabs below it while it is open. */
    Response decision(int status, BrowserSession session, String title, String template, Record view, boolean open) {
        var frame = frame(session, titled(title, view), tabs(session.person(), Place.APPROVALS), open);
        return templates.page(status, template, frame, view);
    }

    /** A screen reader says the title first: that a form was not taken stands in front. */
    private static String titled(String title, Record view) {
        return view instanceof FormView form && !form.refusal().none() ? "Error: " + title : title;
    }

    /** Says times as the person has them. */
    Times times(BrowserSession session) {
        return new Times(clock, session.person().zone());
    }

    private Frame frame(BrowserSession session, String title, List<Frame.Tab> tabs, boolean focused) {
        var person = session.person();
        var face = new Frame.Face(person.name(), person.email(), initials(person.name()), session.csrfToken());
        return new Frame(title, assets.folder(), Optional.of(face), tabs, focused);
    }

    private List<Frame.Tab> tabs(Person person, Place current) {
        var tabs = new ArrayList<Frame.Tab>();
        for (var place : Place.values()) {
            if (place != Place.PEOPLE || person.administrator()) {
                var count = place == Place.APPROVALS ? waiting.applyAsInt(person.id()) : 0;
                tabs.add(new Frame.Tab(place.label, place.href, place.icon, place == current, count));
            }
        }
        return tabs;
    }

    /** Up to two letters that stand for a name; a dot where it has none. */
    static String initials(String name) {
        var letters = Stream.of(name.strip().split("\\s+"))
                .filter(word -> !word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0)))
                .map(word -> Character.toString(word.codePointAt(0)).toUpperCase(Locale.ROOT))
                .toList();
        if (letters.isEmpty()) {
            return "·";
        }
        return Stream.of(letters.getFirst(), letters.size() > 1 ? letters.getLast() : "")
                .collect(Collectors.joining());
    }

    /** The letter on a tile. */
    static String initial(String name) {
        return initials(
                name.isBlank() ? "·" : name.strip().substring(0, name.strip().offsetByCodePoints(0, 1)));
    }
}
