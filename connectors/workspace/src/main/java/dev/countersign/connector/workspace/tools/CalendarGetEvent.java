package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Tool;
import dev.countersign.connector.workspace.CalendarService;
import java.util.Optional;

/** {@code calendar_get_event}: one event in full. */
final class CalendarGetEvent {
    public record Input(
            @Doc(Docs.EVENT) String id,
            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private CalendarGetEvent() {}

    static Tool<Input, EventView> tool() {
        return Tool.read("calendar_get_event", "Read event", Input.class, EventView.class)
                .description("Gives one event with its description, attendees and recurrence.")
                .scopes("calendar:read")
                .service(CalendarService.class)
                .text(EventView::text)
                .foreign(EventView::foreign)
                .run(CalendarGetEvent::run);
    }

    private static EventView run(Input in, Call call) {
        return EventView.whole(Events.read(call, Events.calendar(in.calendar()), in.id()), call.account());
    }
}
