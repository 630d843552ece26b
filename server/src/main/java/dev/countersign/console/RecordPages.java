package dev.countersign.console;

import dev.countersign.audit.RecordedEvent;
import dev.countersign.console.RecordViews.Activity;
import dev.countersign.console.RecordViews.Day;
import dev.countersign.console.RecordViews.Event;
import dev.countersign.http.HttpException;
import dev.countersign.http.Request;
import dev.countersign.http.Response;
import dev.countersign.http.Route;
import dev.countersign.identity.BrowserSession;
import dev.countersign.risk.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The page of what happened. */
final class RecordPages {
    private static final int EVENTS_A_PAGE = 50;
    private static final int SIGNALS_ON_TOP = 3;

    private final Shell shell;
    private final Guard guard;
    private final History history;
    private final EventWords words;
    private final Function<String, List<Signal>> signals;

    /** A person's events before a sequence number, newest first. */
    @FunctionalInterface
    interface History {
        List<RecordedEvent> page(String userId, long before, int limit);
    }

    RecordPages(Shell shell, Guard guard, History history, EventWords words, Function<String, List<Signal>> signals) {
        this.shell = shell;
        this.guard = guard;
        this.history = history;
        this.words = words;
        this.signals = signals;
    }

    List<Route> routes() {
        return List.of(Route.get("/activity", Route.Kind.PAGE, guard.page(this::activity)));
    }

    private Response activity(Request request, BrowserSession session) {
        var userId = session.person().id();
        var before = request.query("before").map(RecordPages::sequence);
        // one more than is shown tells whether there is an older page
        var events = history.page(userId, before.orElse(Long.MAX_VALUE), EVENTS_A_PAGE + 1);
        var shown = events.subList(0, Math.min(events.size(), EVENTS_A_PAGE));
        var older = events.size() > EVENTS_A_PAGE
                ? Optional.of("/activity?before=" + shown.getLast().sequence())
                : Optional.<String>empty();
        var noticed = before.isPresent() ? List.<Signal>of() : signals.apply(userId);
        var times = shell.times(session);
        var view = new Activity(
                noticed.stream()
                        .limit(SIGNALS_ON_TOP)
                        .map(signal -> Signals.warning(signal, times))
                        .toList(),
                days(shown, times, words.of(userId)),
                older,
                before.isEmpty());
        return shell.page(session, Shell.Place.ACTIVITY, "Activity", "activity", view);
    }

    private static List<Day> days(List<RecordedEvent> events, Times times, EventWords.Reader reader) {
        var days = new LinkedHashMap<String, List<Event>>();
        for (var recorded : events) {
            var day = times.dayOf(recorded.event().at());
            days.computeIfAbsent(day, key -> new ArrayList<>()).add(reader.say(recorded.event(), times));
        }
        return days.entrySet().stream()
                .map(day -> new Day(day.getKey(), day.getValue()))
                .toList();
    }

    private static long sequence(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new HttpException(400, "The page of activity is not known. Start again at the newest.");
        }
    }
}
