package dev.countersign.connector.microsoft;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.When;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Our event as Graph's. */
final class EventWriting {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

    private final Owner owner;

    /** @param owner asked for the zone of whole days */
    EventWriting(Owner owner) {
        this.owner = owner;
    }

    CalendarJson.NewEvent event(EventDraft draft, CallKey call) {
        var times = times(draft.when(), !draft.recurrence().isEmpty());
        return new CalendarJson.NewEvent(
                draft.title(),
                text(draft.description()),
                times.start(),
                times.end(),
                draft.when() instanceof When.AllDay,
                new CalendarJson.Location(Optional.of(draft.location())),
                draft.attendees().stream().map(EventWriting::attendee).toList(),
                RecurrenceWriting.of(
                        draft.recurrence(),
                        firstDay(draft.when()),
                        times.start().timeZone()),
                showAs(draft.busy()),
                call.value(),
                List.of(call.property()));
    }

    /** @param there the event as Graph has it; attendees who stay keep all that is said of them */
    CalendarJson.Change change(EventChange change, CalendarJson.Event there) {
        if (change.description().isPresent() && there.isOnlineMeeting().orElse(false)) {
            throw new ToolException(
                    "The description of this event holds its online meeting, which a new text would end."
                            + " Leave the description out, or ask the person to change it in Outlook.");
        }
        var series = there.recurrence().isPresent();
        var times = change.when().map(when -> times(when, series));
        return new CalendarJson.Change(
                change.title(),
                change.description().map(EventWriting::text),
                times.map(Times::start),
                times.map(Times::end),
                change.when().map(when -> when instanceof When.AllDay),
                change.location().map(place -> new CalendarJson.Location(Optional.of(place))),
                change.attendees()
                        .map(all -> all.stream()
                                .map(one ->
                                        same(there.attendees(), one.address()).orElseGet(() -> attendee(one)))
                                .toList()),
                change.when().flatMap(when -> moved(there, firstDay(when))),
                change.busy().map(EventWriting::showAs));
    }

    /** A rule that is written anew ends what was changed of single events, so one that begins on its day stays unsaid. */
    private static Optional<CalendarJson.Recurrence> moved(CalendarJson.Event there, LocalDate first) {
        return there.recurrence()
                .filter(rule -> !rule.range().startDate().equals(Optional.of(first.toString())))
                .map(rule -> RecurrenceRule.startingOn(rule, first));
    }

    private static CalendarJson.Body text(String text) {
        return new CalendarJson.Body("text", Optional.of(text));
    }

    private static String showAs(boolean busy) {
        return busy ? "busy" : "free";
    }

    private static Optional<CalendarJson.Attendee> same(List<CalendarJson.Attendee> there, String address) {
        return there.stream()
                .filter(one -> one.emailAddress()
                        .flatMap(CalendarJson.Address::address)
                        .filter(address::equalsIgnoreCase)
                        .isPresent())
                .findFirst();
    }

    private static CalendarJson.Attendee attendee(Attendee one) {
        return new CalendarJson.Attendee(
                Optional.of(one.optional() ? "optional" : "required"),
                Optional.empty(),
                Optional.of(new CalendarJson.Address(Optional.of(one.address()), one.name())));
    }

    private static LocalDate firstDay(When when) {
        return switch (when) {
            case When.AllDay days -> days.from();
            case When.Timed timed ->
                timed.start().atZoneSameInstant(timed.zone()).toLocalDate();
        };
    }

    private record Times(CalendarJson.Time start, CalendarJson.Time end) {}

    private Times times(When when, boolean series) {
        return switch (when) {
            case When.AllDay days -> {
                var zone = Zones.name(owner.zone()).orElse(Zones.UTC);
                yield new Times(midnight(days.from(), zone), midnight(days.until(), zone));
            }
            case When.Timed timed -> timed(timed, series);
        };
    }

    private static CalendarJson.Time midnight(LocalDate day, String zone) {
        return new CalendarJson.Time(day.atStartOfDay().format(LOCAL), Optional.of(zone));
    }

    private static Times timed(When.Timed timed, boolean series) {
        var name = Zones.name(timed.zone());
        if (series) {
            var known = name.orElseThrow(() -> new ToolException("Outlook knows no zone " + timed.zone()
                    + " that a series could keep its hour in. Give a zone like Europe/Berlin."));
            return new Times(at(timed.start(), timed.zone(), known), at(timed.end(), timed.zone(), known));
        }
        var told = name.isPresent() && isTold(timed.start(), timed.zone()) && isTold(timed.end(), timed.zone());
        var zone = told ? timed.zone() : ZoneOffset.UTC;
        var zoneName = told ? name.get() : Zones.UTC;
        return new Times(at(timed.start(), zone, zoneName), at(timed.end(), zone, zoneName));
    }

    /** Whether the local time says which moment is meant: not in the hour that clocks repeat. */
    private static boolean isTold(OffsetDateTime at, ZoneId zone) {
        var local = at.atZoneSameInstant(zone).toLocalDateTime();
        return zone.getRules().getValidOffsets(local).size() == 1;
    }

    private static CalendarJson.Time at(OffsetDateTime at, ZoneId zone, String name) {
        return new CalendarJson.Time(
                at.atZoneSameInstant(zone).toLocalDateTime().format(LOCAL), Optional.of(name));
    }
}
