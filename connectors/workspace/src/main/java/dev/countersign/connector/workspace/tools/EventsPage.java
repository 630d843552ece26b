package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Foreign;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Some events of several accounts, and how to get the rest. */
public record EventsPage(
        List<EventView> events,

        @Doc("'cursor' for the next page; absent at the end")
        Optional<String> nextCursor,

        List<Problem> problems) {

    static final int DEFAULT_LIMIT = 25;
    static final int MAX_LIMIT = 100;

    static EventsPage read(
            Call call,
            Optional<String> calendar,
            Optional<String> text,
            Optional<Integer> limit,
            Optional<String> cursor,
            Window window) {
        calendar.filter(id -> !id.equals(CalendarService.PRIMARY)).ifPresent(id -> Spread.onlyOne(call, "calendar"));
        var found = Spread.<CalendarService, EventView>page(
                call,
                CalendarService.class,
                Inputs.limit(limit, DEFAULT_LIMIT, MAX_LIMIT),
                cursor,
                () -> window.from() + " " + window.until(),
                (service, account, fixed, share, page) -> {
                    var id = calendar.orElse(CalendarService.PRIMARY);
                    var events = Inputs.found(
                            "calendar",
                            id,
                            "calendar_list_calendars",
                            () -> service.events(id, window(fixed), text, share, page));
                    return new Page<>(
                            events.items().stream()
                                    .map(event -> EventView.brief(event, account))
                                    .toList(),
                            events.next());
                });
        return new EventsPage(
                found.items().stream().sorted(EventView.BY_START).toList(), found.nextCursor(), found.problems());
    }

    /** The window of the first page: "now" must not wander from page to page. */
    private static Window window(String fixed) {
        var space = fixed.indexOf(' ');
        return new Window(Instant.parse(fixed.substring(0, space)), Instant.parse(fixed.substring(space + 1)));
    }

    String text() {
        return Lines.list("event", events, EventView::line) + Lines.rest(problems, nextCursor);
    }

    List<Foreign> foreign() {
        return events.stream().flatMap(event -> event.foreign().stream()).toList();
    }
}
