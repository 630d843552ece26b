package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.CalendarService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code calendar_list_events}: what is in a stretch of time. */
final class CalendarListEvents {
    public record Input(
            @Doc(Docs.FROM) Optional<String> from,

            @Doc(Docs.UNTIL + "; absent for 7 days after 'from'")
            Optional<String> until,

            @Doc(Docs.ZONE) Optional<String> zone,
            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNTS) List<String> accounts,

            @Doc(value = Docs.LIMIT, min = 1, max = EventsPage.MAX_LIMIT)
            Optional<Integer> limit,

            @Doc(Docs.CURSOR) Optional<String> cursor) {}

    private CalendarListEvents() {}

    static Tool<Input, EventsPage> tool() {
        return Tool.read("calendar_list_events", "List events", Input.class, EventsPage.class)
                .description("Lists the events in a stretch of time, recurring ones as single instances, by start.")
                .scopes("calendar:read")
                .accounts(Tool.Accounts.EVERY)
                .service(CalendarService.class)
                .text(EventsPage::text)
                .foreign(EventsPage::foreign)
                .run(CalendarListEvents::run);
    }

    private static EventsPage run(Input in, Call call) {
        var window = Times.window(
                in.from(),
                in.until(),
                Times.zone(in.zone(), call),
                call.now(),
                Duration.ofDays(7),
                Duration.ofDays(366));
        return EventsPage.read(call, in.calendar(), Optional.empty(), in.limit(), in.cursor(), window);
    }
}
