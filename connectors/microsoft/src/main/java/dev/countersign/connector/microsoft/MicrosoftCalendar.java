package dev.countersign.connector.microsoft;

import dev.countersign.connector.ToolException;
import dev.countersign.connector.Upstream;
import dev.countersign.connector.UpstreamException;
import dev.countersign.connector.UpstreamException.Kind;
import dev.countersign.connector.workspace.Attendee;
import dev.countersign.connector.workspace.Busy;
import dev.countersign.connector.workspace.Calendar;
import dev.countersign.connector.workspace.CalendarService;
import dev.countersign.connector.workspace.Event;
import dev.countersign.connector.workspace.EventChange;
import dev.countersign.connector.workspace.EventDraft;
import dev.countersign.connector.workspace.Page;
import dev.countersign.connector.workspace.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calendars over Graph. A new event carries the call's key as {@code transactionId} and as a property, so that it is made once
 * and found again. Graph tells attendees of every change.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/calendar">calendar</a>
 * @see <a href="https://learn.microsoft.com/graph/api/resources/event">event</a>
 */
final class MicrosoftCalendar implements CalendarService {
    private static final int CALENDARS_A_PAGE = 100;

    /** How many pages are looked through for one that holds the words. */
    private static final int MOST_PAGES = 5;

    private final Upstream upstream;
    private final Owner owner;
    private final EventReading reading;
    private final EventWriting writing;

    MicrosoftCalendar(Upstream upstream) {
        this.upstream = upstream;
        this.owner = new Owner(upstream);
        this.reading = new EventReading(owner);
        this.writing = new EventWriting(owner);
    }

    @Override
    public boolean alwaysNotifies() {
        return true;
    }

    @Override
    public List<Calendar> calendars() {
        return all().stream()
                .map(this::calendar)
                .sorted(Comparator.comparing(Calendar::primary).reversed())
                .toList();
    }

    List<CalendarJson.Calendar> all() {
        var all = new ArrayList<CalendarJson.Calendar>();
        var next = Optional.<String>empty();
        do {
            var request = Graph.preferring(upstream.get("me/calendars"));
            var page = next.map(state -> Graph.page(request, state))
                    .orElseGet(() -> request.query("$top", CALENDARS_A_PAGE)
                            .query("$select", "id,name,isDefaultCalendar,canEdit,owner"))
                    .as(CalendarJson.Calendars.class);
            all.addAll(page.value());
            next = Graph.next(page.nextLink());
        } while (next.isPresent());
        return all;
    }

    private Calendar calendar(CalendarJson.Calendar json) {
        return new Calendar(
                json.id(),
                json.name().orElse(json.id()),
                json.isDefaultCalendar().orElse(false),
                json.canEdit().orElse(false),
                owner.zone());
    }

    private static String path(String calendarId, String rest) {
        return (calendarId.equals(PRIMARY) ? "me/calendar" : "me/calendars/{calendar}") + rest;
    }

    private static Object[] values(String calendarId, Object... more) {
        return calendarId.equals(PRIMARY)
                ? more
                : Stream.concat(Stream.of(calendarId), Stream.of(more)).toArray();
    }

    /** The view has no search: pages are read until one holds the words. */
    @Override
    public Page<Event> events(
            String calendarId, Window window, Optional<String> text, int limit, Optional<String> page) {
        var next = page;
        for (var i = 0; i < MOST_PAGES; i++) {
            var view = view(calendarId, window, limit, next);
            var events = events(view, calendarId, window, text);
            next = Graph.next(view.nextLink());
            if (!events.isEmpty() || next.isEmpty()) {
                return new Page<>(events, next);
            }
        }
        return new Page<>(List.of(), next);
    }

    /** Series as instances, by start. */
    CalendarJson.Events view(String calendarId, Window window, int limit, Optional<String> page) {
        var request = Graph.preferringText(upstream.get(path(calendarId, "/calendarView"), values(calendarId)));
        return page.map(state -> Graph.page(request, state))
                .orElseGet(() -> request.query("startDateTime", window.from())
                        .query("endDateTime", window.until())
                        .query("$orderby", "start/dateTime")
                        .query("$select", CalendarJson.EVENT)
                        .query("$top", limit))
                .as(CalendarJson.Events.class);
    }

    private List<Event> events(CalendarJson.Events view, String calendarId, Window window, Optional<String> text) {
        return view.value().stream()
                .filter(json -> !EventReading.cancelled(json))
                .map(json -> reading.event(json, calendarId))
                .filter(event -> event.when().window(owner.zone()).overlaps(window))
                .filter(event -> text.map(words -> holds(event, words)).orElse(true))
                .toList();
    }

    private static boolean holds(Event event, String text) {
        var all = Stream.concat(
                        Stream.of(event.title(), event.description(), event.location()),
                        event.attendees().stream()
                                .map(one -> one.address() + " " + one.name().orElse("")))
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        return Stream.of(text.toLowerCase(Locale.ROOT).strip().split("\\s+")).allMatch(all::contains);
    }

    @Override
    public Optional<Event> event(String calendarId, String eventId) {
        return Absent.ifNotFound(() -> read(calendarId, eventId))
                .filter(json -> !EventReading.cancelled(json))
                .map(json -> reading.event(json, calendarId));
    }

    private CalendarJson.Event read(String calendarId, String eventId) {
        return Graph.preferringText(upstream.get(path(calendarId, "/events/{event}"), values(calendarId, eventId)))
                .query("$select", CalendarJson.EVENT)
                .as(CalendarJson.Event.class);
    }

    @Override
    public Optional<Event> created(String calendarId, String key) {
        return filtered(calendarId, CallKey.of(key).filter(), 1).stream().findFirst();
    }

    /** Events and series of the main calendar. */
    List<Event> found(String filter, int limit) {
        return filtered(PRIMARY, filter, limit);
    }

    private List<Event> filtered(String calendarId, String filter, int limit) {
        return Graph.preferringText(upstream.get(path(calendarId, "/events"), values(calendarId)))
                .query("$filter", filter)
                .query("$select", CalendarJson.EVENT)
                .query("$top", limit)
                .as(CalendarJson.Events.class)
                .value()
                .stream()
                .filter(json -> !EventReading.cancelled(json))
                .map(json -> reading.event(json, calendarId))
                .toList();
    }

    @Override
    public List<Busy> busy(List<String> addresses, Window window) {
        return new Schedules(upstream, this, owner).busy(addresses, window);
    }

    @Override
    public Event create(String calendarId, EventDraft draft, boolean notify, String key) {
        var event = writing.event(draft, CallKey.of(key));
        try {
            return reading.event(
                    Graph.preferringText(upstream.post(path(calendarId, "/events"), values(calendarId)))
                            .body(event)
                            .as(CalendarJson.Event.class),
                    calendarId);
        } catch (UpstreamException e) {
            if (e.kind() == Kind.CONFLICT) {
                // the transaction is of this call: an earlier run of it has made the event
                return created(calendarId, key).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    @Override
    public Event update(
            String calendarId,
            String eventId,
            EventChange change,
            Optional<String> version,
            boolean notify,
            String key) {
        var there = current(calendarId, eventId, version);
        var request = Graph.preferringText(
                        upstream.patch(path(calendarId, "/events/{event}"), values(calendarId, eventId)))
                .body(writing.change(change, there));
        return reading.event(Graph.ifMatch(request, version).as(CalendarJson.Event.class), calendarId);
    }

    /** Graph does not document {@code If-Match} for every item, so the version is looked at before as well. */
    private CalendarJson.Event current(String calendarId, String eventId, Optional<String> version) {
        var there = read(calendarId, eventId);
        check(there, version);
        return there;
    }

    private static void check(CalendarJson.Event there, Optional<String> version) {
        if (version.isPresent() && !version.equals(there.version())) {
            throw new UpstreamException(Kind.CONFLICT, "The event has changed meanwhile. Read it again, then decide.");
        }
    }

    @Override
    public void delete(String calendarId, String eventId, Optional<String> version, boolean notify, String key) {
        if (version.isPresent()) {
            current(calendarId, eventId, version);
        }
        var request =
                Graph.preferring(upstream.delete(path(calendarId, "/events/{event}"), values(calendarId, eventId)));
        Graph.ifMatch(request, version).send();
    }

    /** Sends nothing when the answer is given already. An event that is declined leaves the calendar. */
    @Override
    public Event respond(
            String calendarId,
            String eventId,
            Attendee.Answer answer,
            Optional<String> comment,
            Optional<String> version,
            boolean notify,
            String key) {
        var there = read(calendarId, eventId);
        if (EventReading.own(there)) {
            throw new ToolException("This account organizes the event, so there is no invitation to answer."
                    + " Use calendar_update_event or calendar_delete_event.");
        }
        if (EventReading.answer(there.responseStatus()) == answer) {
            return reading.event(there, calendarId);
        }
        check(there, version); // an answer takes no condition
        Graph.preferring(
                        upstream.post(path(calendarId, "/events/{event}/" + verb(answer)), values(calendarId, eventId)))
                .body(new CalendarJson.Answer(
                        comment, notify && there.responseRequested().orElse(true)))
                .send();
        return reading.event(answered(there, answer), calendarId);
    }

    private static String verb(Attendee.Answer answer) {
        return switch (answer) {
            case ACCEPTED -> "accept";
            case TENTATIVE -> "tentativelyAccept";
            case DECLINED -> "decline";
            case NONE ->
                throw new ToolException("Outlook takes no answer back. Answer accepted, tentative or declined.");
        };
    }

    /** Graph takes the answer and works it in later. */
    private static CalendarJson.Event answered(CalendarJson.Event json, Attendee.Answer answer) {
        var response = switch (answer) {
            case ACCEPTED -> "accepted";
            case TENTATIVE -> "tentativelyAccepted";
            case DECLINED -> "declined";
            case NONE -> "none";
        };
        return new CalendarJson.Event(
                json.id(),
                Optional.empty(),
                Optional.empty(),
                json.subject(),
                json.body(),
                json.start(),
                json.end(),
                json.originalStartTimeZone(),
                json.isAllDay(),
                json.location(),
                json.organizer(),
                json.attendees(),
                Optional.of(new CalendarJson.Response(Optional.of(response), Optional.empty())),
                json.responseRequested(),
                json.isOrganizer(),
                json.isCancelled(),
                json.recurrence(),
                json.seriesMasterId(),
                json.type(),
                json.showAs(),
                json.webLink(),
                json.isOnlineMeeting(),
                json.onlineMeeting());
    }
}
