package dev.countersign.connector.google;

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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Calendars over Calendar v3. A new event's id is made from the call's key, so that it is made once; changes carry the
 * event's ETag in {@code If-Match}.
 *
 * @see <a href="https://developers.google.com/workspace/calendar/api/v3/reference">Calendar v3</a>
 */
final class GoogleCalendar implements CalendarService {
    private static final int CALENDARS_A_PAGE = 250;
    private static final Set<String> WRITABLE = Set.of("owner", "writer");

    /** All but the working locations, which are no events to people. */
    private static final List<String> EVENT_TYPES =
            List.of("default", "outOfOffice", "focusTime", "fromGmail", "birthday");

    private final Upstream upstream;

    GoogleCalendar(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public List<Calendar> calendars() {
        return entries(upstream).stream()
                .map(GoogleCalendar::calendar)
                .sorted(Comparator.comparing(Calendar::primary).reversed())
                .toList();
    }

    /** Every calendar whose events the account may read. */
    static List<CalendarJson.Entry> entries(Upstream upstream) {
        var entries = new ArrayList<CalendarJson.Entry>();
        var next = Optional.<String>empty();
        do {
            var page = upstream.get("calendar/v3/users/me/calendarList")
                    .query("minAccessRole", "reader")
                    .query("maxResults", CALENDARS_A_PAGE)
                    .query("pageToken", next)
                    .as(CalendarJson.CalendarList.class);
            entries.addAll(page.items());
            next = page.nextPageToken();
        } while (next.isPresent());
        return entries;
    }

    private static Calendar calendar(CalendarJson.Entry entry) {
        return new Calendar(
                entry.id(),
                entry.summaryOverride().or(entry::summary).orElse(entry.id()),
                entry.primary().orElse(false),
                WRITABLE.contains(entry.accessRole()),
                entry.timeZone().flatMap(EventReading::zone).orElse(ZoneOffset.UTC));
    }

    @Override
    public Page<Event> events(
            String calendarId, Window window, Optional<String> text, int limit, Optional<String> page) {
        var events = upstream.get("calendar/v3/calendars/{calendar}/events", calendarId)
                .query("singleEvents", true)
                .query("orderBy", "startTime")
                .query("timeMin", window.from().toString())
                .query("timeMax", window.until().toString())
                .query("eventTypes", EVENT_TYPES)
                .query("q", text)
                .query("maxResults", limit)
                .query("pageToken", page)
                .as(CalendarJson.Events.class);
        return new Page<>(
                events.items().stream()
                        .filter(json -> !EventReading.cancelled(json))
                        .map(json -> EventReading.event(json, calendarId, events.timeZone()))
                        .toList(),
                events.nextPageToken());
    }

    /** A deleted event can still be read for a while, as cancelled; to us it is gone. */
    @Override
    public Optional<Event> event(String calendarId, String eventId) {
        return Absent.ifNotFound(() -> read(calendarId, eventId))
                .filter(json -> !EventReading.cancelled(json))
                .map(json -> event(json, calendarId));
    }

    private CalendarJson.Event read(String calendarId, String eventId) {
        return upstream.get("calendar/v3/calendars/{calendar}/events/{event}", calendarId, eventId)
                .as(CalendarJson.Event.class);
    }

    private static Event event(CalendarJson.Event json, String calendarId) {
        return EventReading.event(json, calendarId, Optional.empty());
    }

    /** Present too when the event was deleted since: it has been made. */
    @Override
    public Optional<Event> created(String calendarId, String key) {
        return Absent.ifNotFound(() -> read(calendarId, CallKey.of(key).eventId()))
                .map(json -> event(json, calendarId));
    }

    @Override
    public List<Busy> busy(List<String> addresses, Window window) {
        return new FreeBusy(upstream).busy(addresses, window);
    }

    @Override
    public Event create(String calendarId, EventDraft draft, boolean notify, String key) {
        var id = CallKey.of(key).eventId();
        try {
            return event(
                    upstream.post("calendar/v3/calendars/{calendar}/events", calendarId)
                            .query("sendUpdates", updates(notify))
                            .body(EventWriting.event(draft, id))
                            .as(CalendarJson.Event.class),
                    calendarId);
        } catch (UpstreamException e) {
            if (e.kind() == Kind.CONFLICT) {
                // the id is of this call: an earlier run of it has made the event
                return event(read(calendarId, id), calendarId);
            }
            throw e;
        }
    }

    private static String updates(boolean notify) {
        return notify ? "all" : "none";
    }

    @Override
    public Event update(
            String calendarId,
            String eventId,
            EventChange change,
            Optional<String> version,
            boolean notify,
            String key) {
        // a list in a patch takes the place of the one there
        var there = change.attendees().isPresent()
                ? read(calendarId, eventId).attendees()
                : List.<CalendarJson.Attendee>of();
        var request = upstream.patch("calendar/v3/calendars/{calendar}/events/{event}", calendarId, eventId)
                .query("sendUpdates", updates(notify))
                .body(EventWriting.change(change, there));
        return event(Absent.ifMatch(request, version).as(CalendarJson.Event.class), calendarId);
    }

    @Override
    public void delete(String calendarId, String eventId, Optional<String> version, boolean notify, String key) {
        var request = upstream.delete("calendar/v3/calendars/{calendar}/events/{event}", calendarId, eventId)
                .query("sendUpdates", updates(notify));
        Absent.ifMatch(request, version).send();
    }

    /** Sends nothing when the answer is given already. */
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
        var self = there.attendees().stream()
                .filter(one -> one.self().orElse(false))
                .findFirst()
                .orElseThrow(() -> new ToolException("This account is not invited to the event itself,"
                        + " so it cannot answer. Use the account that was invited."));
        var answered = EventWriting.answering(self, EventWriting.response(answer), comment);
        if (answered.equals(self)) {
            return event(there, calendarId);
        }
        var request = upstream.patch("calendar/v3/calendars/{calendar}/events/{event}", calendarId, eventId)
                .query("sendUpdates", updates(notify))
                .body(new CalendarJson.Response(true, List.of(answered)));
        return event(Absent.ifMatch(request, version).as(CalendarJson.Event.class), calendarId);
    }
}
