package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Doc;
import dev.countersign.connector.Effect;
import dev.countersign.connector.Question;
import dev.countersign.connector.Tool;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code calendar_create_event}: a new event, with invitations where others are to come. */
final class CalendarCreateEvent {
    /** The property of RFC 5545 section 3.8.5.3, parts in any order; the calendar checks the rest. */
    private static final Pattern RULE = Pattern.compile("RRULE:[A-Z]+=[A-Za-z0-9,+-]+(;[A-Z]+=[A-Za-z0-9,+-]+)*");

    public record Input(
            @Doc("one line") String title,
            @Doc(Docs.START) String start,
            @Doc(Docs.END) String end,
            @Doc(Docs.ZONE) Optional<String> zone,
            @Doc("one line") Optional<String> location,
            @Doc(Docs.BODY) Optional<String> description,
            @Doc(Docs.ADDRESSES + "; they are invited") List<String> attendees,

            @Doc("RFC 5545 rule, e.g. RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=8; absent for once")
            Optional<String> recurrence,

            @Doc("false leaves the time free; absent for true")
            Optional<Boolean> busy,

            @Doc("false sends attendees no mail; absent for true")
            Optional<Boolean> notifyAttendees,

            @Doc(Docs.CALENDAR) Optional<String> calendar,
            @Doc(Docs.ACCOUNT) Optional<String> account) {}

    private CalendarCreateEvent() {}

    static Tool<Input, EventView> tool() {
        return Tool.act(Effect.WRITE, "calendar_create_event", "Create event", Input.class, EventView.class)
                .description("Adds an event to a calendar and invites its attendees.")
                .scopes("calendar:write")
                .service(CalendarService.class)
                .ask(CalendarCreateEvent::ask)
                .recover((in, call) -> call.service(CalendarService.class)
                        .created(Events.calendar(in.calendar()), call.id())
                        .map(event -> EventView.brief(event, call.account())))
                .text(view -> "Created:\n" + view.text())
                .foreign(EventView::foreign)
                .run(CalendarCreateEvent::run);
    }

    private static Question ask(Input in, Call call) {
        var draft = draft(in, call);
        var question = Question.of("Create event")
                .with("Account", Shown.account(call.account()))
                .with("Calendar", Events.calendar(in.calendar()))
                .with("Title", draft.title())
                .with("When", Shown.when(draft.when()))
                .with("Where", draft.location())
                .withEach("Repeats", draft.recurrence())
                .with("Description", draft.description())
                .with("Time", draft.busy() ? "" : "stays free")
                .withEach(
                        "Invited",
                        draft.attendees().stream()
                                .map(CalendarCreateEvent::shown)
                                .toList());
        return draft.attendees().isEmpty()
                ? question
                : question.with("Told", Events.told(in.notifyAttendees().orElse(true), call))
                        .reaching(Events.addresses(draft.attendees()));
    }

    private static String shown(Attendee attendee) {
        return new Mailbox(attendee.address(), attendee.name()).shown();
    }

    private static EventView run(Input in, Call call) {
        var calendar = Events.calendar(in.calendar());
        var draft = draft(in, call);
        var event = Inputs.found(
                "calendar",
                calendar,
                "calendar_list_calendars",
                () -> call.service(CalendarService.class)
                        .create(calendar, draft, in.notifyAttendees().orElse(true), call.id()));
        return EventView.brief(event, call.account());
    }

    private static EventDraft draft(Input in, Call call) {
        return new EventDraft(
                Inputs.filledLine("title", in.title()),
                Times.when(in.start(), in.end(), Times.zone(in.zone(), call)),
                Inputs.line("location", in.location().orElse("")),
                Inputs.text("description", in.description().orElse("")),
                invited("attendees", in.attendees(), call),
                in.recurrence().map(CalendarCreateEvent::rule).map(List::of).orElse(List.of()),
                in.busy().orElse(true));
    }

    static List<Attendee> invited(String field, List<String> texts, Call call) {
        var own = Set.of(Addresses.key(call.account().address()));
        return Addresses.without(Addresses.all(field, texts), own).stream()
                .map(one -> new Attendee(one.address(), one.name(), Attendee.Answer.NONE, false, false))
                .toList();
    }

    private static String rule(String text) {
        if (!RULE.matcher(text).matches() || !text.contains("FREQ=")) {
            throw new ToolException("'recurrence' must be one RFC 5545 rule such as RRULE:FREQ=WEEKLY;COUNT=8.");
        }
        return text;
    }
}
