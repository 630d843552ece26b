package dev.countersign.connector.sandbox;

import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.Mailbox;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.When;
import dev.countersign.connector.workspace.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Calendars over the sandbox's API. A new event's id is the call's key, so that it is made once. */
final class SandboxCalendar implements CalendarService {
    private final Upstream upstream;

    SandboxCalendar(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public List<Calendar> calendars() {
        return upstream.get("calendars").as(CalendarJson.Calendars.class).items().stream()
                .map(one -> new Calendar(one.id(), one.name(), one.main(), true, ZoneId.of(one.zone())))
                .toList();
    }

    @Override
    public Page<Event> events(
            String calendarId, Window window, Optional<String> text, int limit, Optional<String> page) {
        var events = upstream.get("calendars/{calendar}/events", calendarId)
                .query("from", window.from().toString())
                .query("until", window.until().toString())
                .query("text", text)
                .query("limit", limit)
                .query("cursor", page)
                .as(CalendarJson.Events.class);
        return new Page<>(events.items().stream().map(SandboxCalendar::event).toList(), events.next());
    }

    @Override
    public Optional<Event> event(String calendarId, String eventId) {
        return Absent.ifNotFound(() -> event(upstream.get("calendars/{calendar}/events/{id}", calendarId, eventId)
                .as(CalendarJson.Event.class)));
    }

    @Override
    public Optional<Event> created(String calendarId, String key) {
        return event(calendarId, key);
    }

    @Override
    public List<Busy> busy(List<String> addresses, Window window) {
        var query = new CalendarJson.FreeBusyQuery(
                window.from().toString(), window.until().toString(), addresses);
        return upstream.post("free-busy").body(query).as(CalendarJson.FreeBusy.class).people().stream()
                .map(SandboxCalendar::busy)
                .toList();
    }

    private static Busy busy(CalendarJson.Busy one) {
        return new Busy(
                one.address(),
                one.busy().stream()
                        .map(span -> new Window(Instant.parse(span.from()), Instant.parse(span.to())))
                        .toList(),
                one.known()
                        ? Optional.empty()
                        : Optional.of("not in this organisation, so their calendar is not shared"));
    }

    @Override
    public Event create(String calendarId, EventDraft draft, boolean notify, String key) {
        var change = new CalendarJson.Change(
                Optional.of(key),
                Optional.of(draft.title()),
                Optional.of(draft.description()),
                Optional.of(draft.location()),
                Optional.of(start(draft.when())),
                Optional.of(end(draft.when())),
                Optional.of(draft.busy()),
                Optional.of(invitees(draft.attendees())),
                Optional.of(draft.recurrence()));
        return event(upstream.post("calendars/{calendar}/events", calendarId)
                .query("notify", notify)
                .header(Repeats.HEADER, key)
                .body(change)
                .as(CalendarJson.Event.class));
    }

    @Override
    public Event update(
            String calendarId,
            String eventId,
            EventChange change,
            Optional<String> version,
            boolean notify,
            String key) {
        var asked = new CalendarJson.Change(
                Optional.empty(),
                change.title(),
                change.description(),
                change.location(),
                change.when().map(SandboxCalendar::start),
                change.when().map(SandboxCalendar::end),
                change.busy(),
                change.attendees().map(SandboxCalendar::invitees),
                Optional.empty());
        var request = upstream.patch("calendars/{calendar}/events/{id}", calendarId, eventId)
                .query("notify", notify)
                .header(Repeats.HEADER, key)
                .body(asked);
        return event(Absent.ifMatch(request, version).as(CalendarJson.Event.class));
    }

    @Override
    public void delete(String calendarId, String eventId, Optional<String> version, boolean notify, String key) {
        var request = upstream.delete("calendars/{calendar}/events/{id}", calendarId, eventId)
                .query("notify", notify)
                .header(Repeats.HEADER, key);
        Absent.ifMatch(request, version).send();
    }

    @Override
    public Event respond(
            String calendarId,
            String eventId,
            Attendee.Answer answer,
            Optional<String> comment,
            Optional<String> version,
            boolean notify,
            String key) {
        var response = switch (answer) {
            case ACCEPTED -> "accepted";
            case TENTATIVE -> "tentative";
            case DECLINED -> "declined";
            case NONE ->
                throw new UpstreamException(
                        UpstreamException.Kind.INVALID,
                        "An invitation is answered with accepted, tentative or declined.");
        };
        var request = upstream.post("calendars/{calendar}/events/{id}/respond", calendarId, eventId)
                .query("notify", notify)
                .header(Repeats.HEADER, key)
                .body(new CalendarJson.Response(response, comment));
        return event(Absent.ifMatch(request, version).as(CalendarJson.Event.class));
    }

    private static List<CalendarJson.Invitee> invitees(List<Attendee> attendees) {
        return attendees.stream()
                .map(one -> new CalendarJson.Invitee(one.address(), one.name(), Optional.of(one.optional())))
                .toList();
    }

    private static CalendarJson.Time start(When when) {
        return switch (when) {
            case When.AllDay days -> date(days.from());
            case When.Timed timed -> time(timed.start(), timed.zone());
        };
    }

    private static CalendarJson.Time end(When when) {
        return switch (when) {
            case When.AllDay days -> date(days.until());
            case When.Timed timed -> time(timed.end(), timed.zone());
        };
    }

    private static CalendarJson.Time date(LocalDate date) {
        return new CalendarJson.Time(Optional.empty(), Optional.of(date.toString()), Optional.empty());
    }

    private static CalendarJson.Time time(OffsetDateTime at, ZoneId zone) {
        return new CalendarJson.Time(
                Optional.of(at.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)),
                Optional.empty(),
                Optional.of(zone.getId()));
    }

    static Event event(CalendarJson.Event json) {
        return new Event(
                json.id(),
                json.calendar(),
                json.series(),
                json.title(),
                when(json.start(), json.end()),
                json.location(),
                json.description(),
                status(json.status()),
                json.attendees().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Mailbox(
                                json.organizer().address(),
                                named(json.organizer().name()))),
                json.own(),
                json.attendees().stream().map(SandboxCalendar::attendee).toList(),
                json.recurrence(),
                json.busy(),
                Optional.of(json.link()),
                Optional.of(json.etag()));
    }

    private static Attendee attendee(CalendarJson.Attendee json) {
        var answer = switch (json.response()) {
            case "accepted" -> Attendee.Answer.ACCEPTED;
            case "tentative" -> Attendee.Answer.TENTATIVE;
            case "declined" -> Attendee.Answer.DECLINED;
            default -> Attendee.Answer.NONE;
        };
        return new Attendee(json.address(), named(json.name()), answer, json.optional(), json.self());
    }

    private static When when(CalendarJson.Time start, CalendarJson.Time end) {
        return start.date().isPresent()
                ? new When.AllDay(
                        LocalDate.parse(start.date().get()),
                        LocalDate.parse(end.date().orElseThrow()))
                : new When.Timed(
                        OffsetDateTime.parse(start.time().orElseThrow()),
                        OffsetDateTime.parse(end.time().orElseThrow()),
                        ZoneId.of(start.zone().orElse("UTC")));
    }

    private static Event.Status status(String word) {
        return switch (word) {
            case "tentative" -> Event.Status.TENTATIVE;
            case Entry.CANCELLED -> Event.Status.CANCELLED;
            default -> Event.Status.CONFIRMED;
        };
    }

    private static Optional<String> named(String name) {
        return Optional.of(name).filter(text -> !text.isEmpty());
    }
}
