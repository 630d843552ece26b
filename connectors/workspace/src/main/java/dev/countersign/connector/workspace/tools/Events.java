package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Call;
import dev.countersign.connector.Question;
import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tools that act on one event share. */
final class Events {
    static final String SOURCE = "calendar_list_events";

    /** What a change of a recurring event means. */
    public enum ApplyTo {
        INSTANCE,
        SERIES
    }

    private Events() {}

    static String calendar(Optional<String> calendar) {
        return calendar.map(id -> Inputs.id("calendar", id, "calendar_list_calendars"))
                .orElse(CalendarService.PRIMARY);
    }

    static Event read(Call call, String calendar, String id) {
        Inputs.id("id", id, SOURCE);
        return find(call, calendar, id).orElseThrow(() -> Inputs.missing("event", id, SOURCE));
    }

    static Optional<Event> find(Call call, String calendar, String id) {
        return Inputs.found(
                "calendar",
                calendar,
                "calendar_list_calendars",
                () -> call.service(CalendarService.class).event(calendar, id));
    }

    /** The event that a call means: itself, this instance, or the series of this instance. */
    static Event target(Call call, String calendar, String id, Optional<ApplyTo> applyTo) {
        return target(call, calendar, read(call, calendar, id), applyTo);
    }

    static Event target(Call call, String calendar, Event named, Optional<ApplyTo> applyTo) {
        if (!recurs(named)) {
            return named;
        }
        var meant = applyTo.orElseThrow(() ->
                new ToolException("This event recurs. Say applyTo instance for this one, or series for all of them."));
        return switch (meant) {
            case SERIES ->
                named.seriesId().map(series -> read(call, calendar, series)).orElse(named);
            case INSTANCE -> {
                if (named.seriesId().isEmpty()) {
                    throw new ToolException("This is the id of a whole series. Call calendar_list_events"
                            + " and use the id of the instance that is meant, or say applyTo series.");
                }
                yield named;
            }
        };
    }

    static boolean recurs(Event event) {
        return event.seriesId().isPresent() || !event.recurrence().isEmpty();
    }

    /** What of a recurring event is meant, in words; empty for an event that happens once. */
    static String extent(Event target) {
        if (target.seriesId().isPresent()) {
            return "this instance only";
        }
        return target.recurrence().isEmpty() ? "" : "the whole series";
    }

    /** Everyone invited but the account itself. */
    static List<Attendee> others(List<Attendee> attendees, Call call) {
        return attendees.stream()
                .filter(attendee -> !attendee.self()
                        && !Addresses.same(attendee.address(), call.account().address()))
                .toList();
    }

    static List<String> addresses(List<Attendee> attendees) {
        return attendees.stream().map(Attendee::address).toList();
    }

    /** The first lines of a question about an event that exists. */
    static Question about(String verb, Event target, Call call) {
        return Question.of(verb)
                .with("Account", Shown.account(call.account()))
                .with("Calendar", target.calendarId())
                .with("Event", target.title())
                .with("When", Shown.when(target.when()))
                .with("Applies to", extent(target))
                .with("Organizer", target.organizer().map(organizer -> organizer.shown()))
                .atVersion(target.version());
    }

    static String told(boolean notify, Call call) {
        return notify || call.service(CalendarService.class).alwaysNotifies() ? "by mail" : "without a mail";
    }

    static List<String> distinct(List<String> addresses, List<String> more) {
        return Stream.concat(addresses.stream(), more.stream())
                .map(Addresses::key)
                .distinct()
                .toList();
    }
}
