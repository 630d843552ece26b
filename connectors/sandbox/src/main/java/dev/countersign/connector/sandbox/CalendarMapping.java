package dev.countersign.connector.sandbox;

import dev.countersign.connector.sandbox.CalendarJson.Attendee;
import dev.countersign.connector.sandbox.CalendarJson.Change;
import dev.countersign.connector.sandbox.CalendarJson.Event;
import dev.countersign.connector.sandbox.CalendarJson.Invitee;
import dev.countersign.connector.sandbox.CalendarJson.Party;
import dev.countersign.connector.sandbox.CalendarJson.Time;
import dev.countersign.connector.sandbox.Entry.Guest;
import dev.countersign.connector.sandbox.People.Person;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Between the calendar's JSON and what is stored; checks what comes in. */
final class CalendarMapping {
    private static final int MAX_TEXT = 20_000;
    private static final int MAX_GUESTS = 200;

    private final CalendarBook book;
    private final People people;
    private final Clock clock;
    private final String issuer;

    CalendarMapping(CalendarBook book, People people, Clock clock, String issuer) {
        this.book = book;
        this.people = people;
        this.clock = clock;
        this.issuer = issuer;
    }

    Event json(Person viewer, Entry entry) {
        return new Event(
                entry.id(),
                entry.etag(),
                book.shownOn(viewer, entry),
                entry.title(),
                entry.description(),
                entry.location(),
                time(entry, entry.starts()),
                time(entry, entry.ends()),
                entry.status(),
                entry.busy(),
                new Party(
                        entry.organizer(),
                        people.byAddress(entry.organizer()).map(Person::name).orElse("")),
                entry.organizer().equals(viewer.address()),
                entry.guests().stream()
                        .map(guest -> new Attendee(
                                guest.address(),
                                guest.name(),
                                guest.response(),
                                guest.optional(),
                                guest.address().equals(viewer.address())))
                        .toList(),
                entry.recurs() ? List.of(entry.rule()) : List.of(),
                entry.series(),
                entry.originalStart().map(LocalDateTime::toString),
                issuer + "/calendar#" + entry.id(),
                entry.meetingUrl(),
                entry.createdAt().toString(),
                entry.updatedAt().toString());
    }

    private static Time time(Entry entry, LocalDateTime at) {
        if (entry.allDay()) {
            return new Time(Optional.empty(), Optional.of(at.toLocalDate().toString()), Optional.empty());
        }
        var offset = at.atZone(entry.zone()).toOffsetDateTime();
        return new Time(
                Optional.of(offset.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)),
                Optional.empty(),
                Optional.of(entry.zone().getId()));
    }

    /** A new event, as it was asked. */
    Entry entry(Person person, CalendarBook.Calendar calendar, Change change) {
        var start = change.start().orElseThrow(() -> Refusal.invalid("start is missing."));
        var end = change.end().orElseThrow(() -> Refusal.invalid("end is missing."));
        var id = change.id().orElseGet(Secrets::id);
        if (!id.matches("[a-z0-9]{5,64}")) {
            throw Refusal.invalid("id must be 5 to 64 of a-z and 0-9.");
        }
        var zone = zone(start, calendar.zone());
        var starts = local(start, zone);
        var empty = new Entry(
                id,
                calendar.id(),
                "",
                "",
                "",
                starts,
                starts,
                zone,
                start.date().isPresent(),
                "",
                Optional.empty(),
                Optional.empty(),
                "confirmed",
                true,
                person.address(),
                "",
                List.of(),
                "",
                clock.instant(),
                clock.instant());
        return changed(person, timed(empty, start, end), change);
    }

    /** The event as it shall be. */
    Entry changed(Person person, Entry before, Change change) {
        var after = before.saying(
                text(change.title().orElse(before.title())),
                text(change.description().orElse(before.description())),
                text(change.location().orElse(before.location())),
                change.busy().orElse(before.busy()));
        if (change.start().isPresent() != change.end().isPresent()) {
            throw Refusal.invalid("Send start and end together.");
        }
        if (change.start().isPresent()) {
            after = timed(after, change.start().get(), change.end().orElseThrow());
        }
        if (change.recurrence().isPresent()) {
            after = after.recurring(rule(before, change.recurrence().get(), after.zone()));
        }
        return change.attendees().isPresent()
                ? after.inviting(guests(person, before, change.attendees().get()))
                : after;
    }

    private static String rule(Entry before, List<String> lines, ZoneId zone) {
        if (lines.isEmpty()) {
            return "";
        }
        if (lines.size() > 1 || !lines.getFirst().startsWith("RRULE:")) {
            throw Refusal.invalid("recurrence may hold one RRULE line.");
        }
        if (before.series().isPresent()) {
            throw Refusal.invalid("An occurrence has no recurrence of its own; change its series.");
        }
        // parsed to be refused now rather than when it is shown
        Recurrence.parse(lines.getFirst(), zone);
        return lines.getFirst();
    }

    private static Entry timed(Entry entry, Time start, Time end) {
        if (start.date().isPresent() != end.date().isPresent()) {
            throw Refusal.invalid("start and end must both be times or both be dates.");
        }
        var zone = zone(start, entry.zone());
        var starts = local(start, zone);
        var ends = local(end, zone);
        var wholeDays = start.date().isPresent();
        if (ends.isBefore(starts) || (wholeDays && ends.equals(starts))) {
            throw Refusal.invalid("end must come after start; the end of whole days is the day after the last one.");
        }
        return entry.at(starts, ends, zone, wholeDays);
    }

    private static ZoneId zone(Time time, ZoneId usual) {
        try {
            return time.zone().map(ZoneId::of).orElse(usual);
        } catch (DateTimeException e) {
            throw Refusal.invalid("zone must be an IANA name like Europe/Berlin.");
        }
    }

    private static LocalDateTime local(Time time, ZoneId zone) {
        try {
            if (time.date().isPresent()) {
                return LocalDate.parse(time.date().get()).atStartOfDay();
            }
            return time.time()
                    .map(text ->
                            OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDateTime())
                    .orElseThrow(() -> Refusal.invalid("Give time or date."));
        } catch (DateTimeException e) {
            throw Refusal.invalid("time must be like 2026-03-29T09:00:00+02:00, date like 2026-03-29.");
        }
    }

    /** Guests in their new order; who was invited before keeps their answer. */
    private List<Guest> guests(Person organizer, Entry before, List<Invitee> invited) {
        if (invited.size() > MAX_GUESTS) {
            throw Refusal.invalid("At most " + MAX_GUESTS + " people can be invited.");
        }
        var guests = new LinkedHashMap<String, Guest>();
        for (var invitee : invited) {
            var address = Addresses.checked(invitee.address());
            var known = before.guest(address);
            var name = people.byAddress(address)
                    .map(Person::name)
                    .or(invitee::name)
                    .orElse("");
            var usual = address.equals(organizer.address()) ? "accepted" : "needs-action";
            guests.put(
                    address.toLowerCase(Locale.ROOT),
                    new Guest(
                            address,
                            name,
                            known.map(Guest::response).orElse(usual),
                            invitee.optional().orElse(known.map(Guest::optional).orElse(false)),
                            known.map(Guest::removed).orElse(false)));
        }
        if (!guests.isEmpty()) {
            guests.putIfAbsent(
                    organizer.address(), new Guest(organizer.address(), organizer.name(), "accepted", false, false));
        }
        return List.copyOf(guests.values());
    }

    private static String text(String value) {
        if (value.length() > MAX_TEXT) {
            throw Refusal.invalid("A text may have " + MAX_TEXT + " characters.");
        }
        return value;
    }
}
