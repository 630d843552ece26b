package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.CalendarService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** {@code calendar_search_events}: events that hold some words. */
final class CalendarSearchEvents {
    /** Searches look back a little by default: "when did I meet …" is asked as often as "when do I …". */
    private static final Duration BEFORE = Duration.ofDays(90);

    public record Input(
            @Doc("words in title, place, description or attendees, all of them")
            String text,

            @Doc(Docs.FROM + " less 90 days") Optional<String> from,

            @Doc(Docs.UNTIL + "; absent for a year after 'from'")
            Optional<String> until,

            @Doc(Docs.ZONE) Optional<String> zone,
            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNTS) List<String> accounts,

            @Doc(value = Docs.LIMIT, min = 1, max = EventsPage.MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor) {}

    private CalendarSearchEvents() {}

    static Tool<Input, EventsPage> tool() {
        return Tool.read("calendar_search_events", "Search events", Input.class, EventsPage.class)
                .description("Finds events by words, recurring ones as single instances, by start.")
                .scopes("calendar:read")
                .accounts(Tool.Accounts.EVERY)
                .service(CalendarService.class)
                .text(EventsPage::text)
                .foreign(EventsPage::foreign)
                .run(CalendarSearchEvents::run);
    }

    private static EventsPage run(Input in, Call call) {
        var window = Times.window(
                in.from(),
                in.until(),
                Times.zone(in.zone(), call),
                startOfSearch(call.now()),
                Duration.ofDays(365),
                Duration.ofDays(5 * 366));
        var text = Inputs.filledLine("text", in.text());
        return EventsPage.read(call, in.calendar(), Optional.of(text), in.limit(), in.cursor(), window);
    }

    private static Instant startOfSearch(Instant now) {
        return now.minus(BEFORE).truncatedTo(ChronoUnit.HOURS);
    }
}
