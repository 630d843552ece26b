package dev.countersign.connector.workspace.tools;

import dev.countersign.connector.Account;
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
import dev.countersign.connector.workspace.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A calendar in memory. Its recurring events are put in by the test, instance by instance. */
final class FakeCalendar implements CalendarService {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    final Map<String, Event> events = new LinkedHashMap<>();
    final Map<String, List<Window>> busy = new HashMap<>();
    final List<String> changes = new ArrayList<>();
    final List<Window> asked = new ArrayList<>();
    Optional<UpstreamException> failure = Optional.empty();

    private final Account account;
    private final Map<String, String> keys = new HashMap<>();

    FakeCalendar(Account account) {
        this.account = account;
    }

    FakeCalendar put(Event event) {
        events.put(event.id(), event);
        return this;
    }

    FakeCalendar busy(String address, String from, String until) {
        busy.computeIfAbsent(address, any -> new ArrayList<>())
                .add(new Window(Instant.parse(from), Instant.parse(until)));
        return this;
    }

    private void check() {
        failure.ifPresent(problem -> {
            throw problem;
        });
    }

    @Override
    public List<Calendar> calendars() {
        check();
        return List.of(new Calendar("main", account.label(), true, true, BERLIN));
    }

    @Override
    public Page<Event> events(
            String calendarId, Window window, Optional<String> text, int limit, Optional<String> page) {
        check();
        if (!calendarId.equals(PRIMARY)) {
            throw new UpstreamException(UpstreamException.Kind.NOT_FOUND, "no such calendar");
        }
        asked.add(window);
        var all = events.values().stream()
                .filter(event -> event.when().window(BERLIN).overlaps(window))
                .filter(event -> text.map(event.title()::contains).orElse(true))
                .sorted(Comparator.comparing(
                        event -> event.when().window(BERLIN).from()))
                .toList();
        var from = page.map(Integer::parseInt).orElse(0);
        var until = Math.min(all.size(), from + limit);
        return new Page<>(
                all.subList(from, until), until < all.size() ? Optional.of(String.valueOf(until)) : Optional.empty());
    }

    @Override
    public Optional<Event> event(String calendarId, String eventId) {
        check();
        return Optional.ofNullable(events.get(eventId));
    }

    @Override
    public Optional<Event> created(String calendarId, String key) {
        return Optional.ofNullable(keys.get(key)).map(events::get);
    }

    @Override
    public List<Busy> busy(List<String> addresses, Window window) {
        check();
        asked.add(window);
        return addresses.stream()
                .map(address -> busy.containsKey(address)
                        ? new Busy(address, busy.get(address), Optional.empty())
                        : new Busy(address, List.of(), Optional.of("not shared")))
                .toList();
    }

    @Override
    public Event create(String calendarId, EventDraft draft, boolean notify, String key) {
        check();
        var id = "event-" + key;
        changes.add("create " + id);
        keys.put(key, id);
        put(new Event(
                id,
                "main",
                Optional.empty(),
                draft.title(),
                draft.when(),
                draft.location(),
                draft.description(),
                Event.Status.CONFIRMED,
                Optional.of(Mailbox.of(account.address())),
                true,
                draft.attendees(),
                draft.recurrence(),
                draft.busy(),
                Optional.empty(),
                Optional.of("1")));
        return events.get(id);
    }

    @Override
    public Event update(
            String calendarId,
            String eventId,
            EventChange change,
            Optional<String> version,
            boolean notify,
            String key) {
        var old = events.get(eventId);
        if (!old.version().equals(version)) {
            throw new UpstreamException(UpstreamException.Kind.CONFLICT, "changed meanwhile");
        }
        changes.add("update " + eventId);
        put(new Event(
                eventId,
                old.calendarId(),
                old.seriesId(),
                change.title().orElse(old.title()),
                change.when().orElse(old.when()),
                change.location().orElse(old.location()),
                change.description().orElse(old.description()),
                old.status(),
                old.organizer(),
                old.own(),
                change.attendees().orElse(old.attendees()),
                old.recurrence(),
                change.busy().orElse(old.busy()),
                old.url(),
                Optional.of(version.orElse("") + "+")));
        return events.get(eventId);
    }

    @Override
    public void delete(String calendarId, String eventId, Optional<String> version, boolean notify, String key) {
        var old = events.get(eventId);
        if (old == null) {
            throw new UpstreamException(UpstreamException.Kind.NOT_FOUND, "gone");
        }
        if (version.isPresent() && !old.version().equals(version)) {
            throw new UpstreamException(UpstreamException.Kind.CONFLICT, "changed meanwhile");
        }
        events.remove(eventId);
        changes.add("delete " + eventId);
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
        if (!events.get(eventId).version().equals(version)) {
            throw new UpstreamException(UpstreamException.Kind.CONFLICT, "changed meanwhile");
        }
        changes.add("respond " + eventId + " " + answer);
        return events.get(eventId);
    }
}
